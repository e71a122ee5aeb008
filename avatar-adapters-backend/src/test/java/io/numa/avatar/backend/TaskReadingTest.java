package io.numa.avatar.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.numa.avatar.plan.PlanProblem;
import io.numa.avatar.plan.PlanSource;
import io.numa.avatar.plan.TestCommand;
import io.numa.avatar.port.InvalidTaskException;
import io.numa.avatar.port.PortException;
import io.numa.avatar.task.ApplicationId;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.MessageId;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskMessage;
import io.numa.avatar.task.TaskMessage.Announcement;
import io.numa.avatar.task.TaskMessage.Unreadable;
import io.numa.avatar.task.TaskOptions;
import io.numa.avatar.task.TaskState;
import io.numa.avatar.task.agent.SteeringMessage;
import io.numa.avatar.testkit.server.NumaBackend;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests how the adapter reads tasks, applications and messages of many kinds. */
final class TaskReadingTest {
  private static final Map<String, Object> LEAST =
      Map.of("title", "One", "application_id", 7, "description", "Do it.");

  private final NumaBackend backend = NumaBackend.start();
  private final HttpBackend http = Backends.open(backend);

  TaskReadingTest() throws IOException {}

  @AfterEach
  void close() {
    http.close();
    backend.close();
  }

  @Test
  void needsLittle() throws InterruptedException {
    assertThat(task(Map.of("solution_id", 456, "owner", List.of())))
        .isEqualTo(
            Task.of(
                new TaskId("1"),
                "One",
                new ApplicationId("7"),
                new BranchName("dev-1"),
                new PlanSource.Prose("# One\n\nDo it.")));
  }

  @Test
  void takesNullForAbsent() throws InterruptedException {
    var nothing = new HashMap<String, Object>();
    for (String field :
        List.of(
            "code_branch", "base_branch", "development_plan", "test_command", "commit_message")) {
      nothing.put(field, null);
    }

    assertThat(task(nothing)).isEqualTo(task(Map.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "todo, TODO",
    "In_Progress, IN_PROGRESS",
    "DONE, DONE",
    "failed, FAILED",
    "cancelled, CANCELLED",
    "review, UNKNOWN",
    "'', UNKNOWN"
  })
  void understandsTheWordsForStates(String word, TaskState state) throws InterruptedException {
    assertThat(task(Map.of("status", word)).state()).isEqualTo(state);
  }

  @ParameterizedTest
  @ValueSource(strings = {"todo", "in_progress", "done", "failed", "review", ""})
  void seesARequestToCancelInEveryStatus(String word) throws InterruptedException {
    assertThat(task(Map.of("status", word, "cancel_requested", true)).state())
        .isEqualTo(TaskState.CANCELLED);
    assertThat(task(Map.of("status", word, "cancel_requested", false)).state())
        .isNotEqualTo(TaskState.CANCELLED);
  }

  @Test
  void seesThatItIsCancelledWhenNothingElseCanBeRead() {
    backend.addTask(1, Map.of("status", List.of(), "title", 5, "cancel_requested", true));
    backend.addTask(2, Map.of("status", "cancelled", "code_branch", "a..b"));

    for (String id : List.of("1", "2")) {
      assertThatExceptionOfType(InvalidTaskException.class)
          .isThrownBy(() -> http.tasks().task(new TaskId(id)))
          .returns(TaskState.CANCELLED, InvalidTaskException::state);
    }
  }

  @Test
  void readsAPlanThatIsAnObject() throws InterruptedException {
    Object plan = Map.of("version", 1, "steps", List.of(Map.of("delete", Map.of("path", "a"))));

    assertThat(task(Map.of("development_plan", plan)).plan())
        .isInstanceOf(PlanSource.Structured.class)
        .isEqualTo(
            task(Map.of("development_plan", "version: 1\nsteps: [delete: {path: a}]")).plan());
  }

  @Test
  void readsAPlanThatIsProse() throws InterruptedException {
    assertThat(task(Map.of("development_plan", "Do that.")).plan())
        .isEqualTo(new PlanSource.Prose("Do that."));
  }

  @Test
  void composesProseOfWhatTheTaskCarries() throws InterruptedException {
    assertThat(
            task(Map.of(
                    "description", "Do it.",
                    "requirement", Map.of("title", "Log in", "description", "Let people in."),
                    "solution", Map.of("title", "A form", "description", "Do it.")))
                .plan())
        .isEqualTo(
            new PlanSource.Prose(
                "# One\n\nDo it.\n\n## Requirement: Log in\n\nLet people in.\n\n## Solution: A form"));
  }

  @Test
  void takesAPlanOutOfTheSolutionThatTheTaskCarries() throws InterruptedException {
    assertThat(
            task(Map.of(
                    "solution", Map.of("description", "version: 1\nsteps: [delete: {path: a}]")))
                .plan())
        .isInstanceOf(PlanSource.Structured.class);
  }

  @Test
  void knowsTheAgentThatTheTaskNames() throws InterruptedException {
    assertThat(task(Map.of("agent", "qwen")).options().agent()).contains("qwen");
  }

  @Test
  void knowsTheRouteThatTheTaskNames() throws InterruptedException {
    assertThat(task(Map.of("route", "java-17")).options().route()).contains("java-17");
    assertThat(task(Map.of()).options().route()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.b", "*", ">", "a b", "路"})
  void refusesARouteThatNoSubjectCanHave(String route) {
    assertThatExceptionOfType(InvalidTaskException.class)
        .isThrownBy(() -> task(Map.of("route", route)))
        .withMessageContaining("route: not a route (1 to 64 letters, digits, '_' and '-')");
  }

  @Test
  void readsWhatATaskContinues() throws InterruptedException {
    String url = "https://git.example.com/team/shop/pull/7";

    assertThat(task(Map.of("continues", 7)).options().continues()).contains("7");
    assertThat(task(Map.of("continues", url)).options().continues()).contains(url);
    assertThat(task(Map.of()).options().continues()).isEmpty();
    assertThatExceptionOfType(InvalidTaskException.class)
        .isThrownBy(() -> task(Map.of("continues", List.of(7))))
        .withMessageContaining("continues");
  }

  @Test
  void leavesABrokenPlanToThePlan() throws InterruptedException {
    assertThat(task(Map.of("development_plan", List.of())).plan())
        .isEqualTo(
            new PlanSource.Invalid(
                List.of(new PlanProblem("", "'plan' must be a mapping, not a list"))));
    assertThat(task(Map.of("description", " ")).plan())
        .isEqualTo(
            new PlanSource.Invalid(
                List.of(
                    new PlanProblem(
                        "",
                        "the task has no development_plan, and no description of itself, its"
                            + " requirement or its solution"))));
  }

  @Test
  void readsWhatATaskSettlesForItself() throws InterruptedException {
    assertThat(
            task(Map.of("test_command", "", "timeout_seconds", 1.5, "commit_message", "fix: it"))
                .options())
        .isEqualTo(
            new TaskOptions(
                Optional.of(new TestCommand.None()),
                Optional.of(Duration.ofMillis(1500)),
                Optional.of("fix: it")));
  }

  @Test
  void leavesOutMessagesThatAreNone() throws InterruptedException {
    var messages =
        List.of(
            Map.of("id", 7, "text", "Take XML."),
            Map.of("text", "without an id"),
            Map.of("id", 8, "author", "bob", "text", " "),
            Map.of("id", 9, "author", "bob"),
            "text",
            List.of(),
            Map.of("id", List.of(), "text", "a list for an id"),
            Map.of("id", 10, "author", Map.of(), "text", "🚀".repeat(5_000)));

    List<SteeringMessage> read = task(Map.of("messages", messages)).options().messages();

    assertThat(read)
        .containsExactly(
            new SteeringMessage("7", "operator", "Take XML."),
            new SteeringMessage("10", "operator", "🚀".repeat(4_096)));
    assertThat(task(Map.of("messages", "none")).options().messages()).isEmpty();
  }

  @Test
  void saysEverythingThatIsWrongWithATask() {
    backend.addTask(
        1,
        Map.of(
            "status",
            "in_progress",
            "title",
            " ",
            "application_id",
            List.of(),
            "code_branch",
            "a..b",
            "base_branch",
            5,
            "test_command",
            List.of("a", 1),
            "timeout_seconds",
            -1,
            "commit_message",
            Map.of()));

    assertThatExceptionOfType(InvalidTaskException.class)
        .isThrownBy(() -> http.tasks().task(new TaskId("1")))
        .withMessage(
            "task 1 cannot be worked on: title: is missing;"
                + " application_id: must be a number or text, not a list;"
                + " code_branch: not a branch name: 'a..b';"
                + " base_branch: must be text, not a number;"
                + " test_command: must be a list of texts, but holds the number 1; put it in"
                + " quotes;"
                + " timeout_seconds: must be a number of seconds above 0, up to a year;"
                + " commit_message: must be text, not an object")
        .returns(TaskState.IN_PROGRESS, InvalidTaskException::state);
  }

  @Test
  void makesABranchOfAnIdThatGitDoesNotAllow() throws InterruptedException {
    backend.addTask("a: b", LEAST);

    assertThat(http.tasks().task(new TaskId("a: b")).branch()).hasToString("dev-a--b");
  }

  @Test
  void saysEverythingThatIsWrongWithAnApplication() {
    backend.addApplication(7, Map.of("git_repo_url", "nowhere", "default_branch", "-x"));

    assertThatExceptionOfType(PortException.class)
        .isThrownBy(() -> http.tasks().application(new ApplicationId("7")))
        .withMessageStartingWith("could not read application 7: git_repo_url: not a repository")
        .withMessageContaining("; default_branch: not a branch name: '-x'")
        .returns(FailureKind.INVALID_TASK, PortException::kind);
  }

  @Test
  void neverRepeatsAPasswordInAnAddress() {
    backend.addApplication(7, Map.of("git_repo_url", "https://me:hunter2@git.example.com/a.git"));

    assertThatExceptionOfType(PortException.class)
        .isThrownBy(() -> http.tasks().application(new ApplicationId("7")))
        .withMessageContaining("carries a password")
        .withMessageNotContaining("hunter2");
  }

  @Test
  void setsAsideMessagesThatMakeNoSense() throws InterruptedException {
    backend
        .putRawMessage("null")
        .putRawMessage("[1]")
        .putRawMessage("{\"data\":{\"task_id\":1}}")
        .putRawMessage("{\"id\":4}")
        .putRawMessage("{\"id\":5,\"data\":{\"task_id\":null}}")
        .putRawMessage("{\"id\":6,\"data\":{\"task_id\":1.5}}")
        .putRawMessage("{\"id\":\"7\",\"data\":{\"task_id\":\"\\u0007\"}}")
        .putRawMessage("{\"id\":\"m8\",\"data\":{\"task_id\":\"t1\"},\"more\":[]}");

    List<TaskMessage> messages = poll();

    assertThat(messages.subList(0, 3))
        .allMatch(message -> message.id().value().matches("sha256:[0-9a-f]{64}"))
        .extracting(message -> ((Unreadable) message).problem())
        .containsExactly(
            "it is nothing", "it is a list", "its id must be a number or text, not nothing");
    assertThat(messages.subList(3, 8))
        .containsExactly(
            unreadable("4", "its data.task_id must be a number or text, not nothing"),
            unreadable("5", "its data.task_id must be a number or text, not nothing"),
            unreadable("6", "its data.task_id must be a number or text, not a number"),
            unreadable(
                "7", "its data.task_id not a task id (1 to 200 printable characters): '\u0007'"),
            new Announcement(new MessageId("m8"), new TaskId("t1")));
    assertThat(poll()).isEqualTo(messages);
  }

  @Test
  void readsWhenAMessageWasMade() throws Exception {
    backend
        .putRawMessage(
            "{\"id\":1,\"data\":{\"task_id\":1},\"created_at\":\"2025-08-03T12:00:00+02:00\"}")
        .putRawMessage("{\"id\":2,\"data\":{\"task_id\":2},\"created_at\":\"yesterday\"}")
        .putRawMessage("{\"id\":3,\"data\":{\"task_id\":3},\"created_at\":7}");

    assertThat(poll())
        .extracting(message -> ((Announcement) message).createdAt())
        .containsExactly(
            Optional.of(Instant.parse("2025-08-03T10:00:00Z")), Optional.empty(), Optional.empty());
  }

  @Test
  void tellsTheBackendWhatItWants() throws InterruptedException {
    backend.announce(1);

    http.messages()
        .poll(http.messages().topic("tasks"), Optional.of(new MessageId("a&b")), Duration.ZERO);

    assertThat(backend.requests("/messages"))
        .singleElement()
        .extracting(request -> request.query())
        .isEqualTo(Map.of("after", "a&b", "limit", "100", "wait", "0", "avatar_id", "avatar_001"));
  }

  private static TaskMessage unreadable(String id, String problem) {
    return new Unreadable(new MessageId(id), problem);
  }

  private List<TaskMessage> poll() throws InterruptedException {
    return http.messages().poll(http.messages().topic("tasks"), Optional.empty(), Duration.ZERO);
  }

  private Task task(Map<String, Object> more) throws InterruptedException {
    var fields = new HashMap<String, Object>(LEAST);
    fields.putAll(more);
    backend.addTask(1, fields);
    return http.tasks().task(new TaskId("1"));
  }
}
