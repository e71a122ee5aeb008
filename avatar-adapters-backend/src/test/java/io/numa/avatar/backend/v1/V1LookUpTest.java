package io.numa.avatar.backend.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.numa.avatar.backend.HttpBackend;
import io.numa.avatar.plan.PlanSource;
import io.numa.avatar.port.NotFoundException;
import io.numa.avatar.port.PortException;
import io.numa.avatar.task.ApplicationId;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.testkit.server.Fault;
import io.numa.avatar.testkit.server.NumaV1Backend;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests how tasks and applications of the second dialect are read. */
final class V1LookUpTest {
  private static final TaskId TASK = new TaskId("5");

  private final NumaV1Backend backend =
      NumaV1Backend.start()
          .addTask(
              5,
              Map.of(
                  "title",
                  "开发任务 - 方案 - Log in",
                  "description",
                  "A development task for the solution.",
                  "application_id",
                  7,
                  "application",
                  Map.of(
                      "id",
                      7,
                      "app_id",
                      "shop-app",
                      "name",
                      "shop",
                      "repository_url",
                      "https://git.example.com/shop.git"),
                  "requirement",
                  Map.of("id", 2, "title", "Log in", "description", "Let people log in."),
                  "solution",
                  Map.of("id", 3, "title", "A form", "description", "Use a form.")));

  private final HttpBackend http = V1Backends.open(backend.url(), V1Backends.V1);

  V1LookUpTest() throws IOException {}

  @AfterEach
  void close() {
    http.close();
    backend.close();
  }

  @Test
  void composesProseOfAllThatTheBackendTells() throws InterruptedException {
    backend
        .addQuestion("requirement", 2, "By mail, too?", "Yes, by both.", true)
        .addQuestion("requirement", 2, "Since when?", "", false)
        .addQuestion("solution", 3, "Which framework?", "None.", true)
        .addQuestion("solution", 3, "A draft?", "Not settled.", false);

    assertThat(task().plan())
        .isEqualTo(
            new PlanSource.Prose(
                """
                # 开发任务 - 方案 - Log in

                A development task for the solution.

                ## Requirement: Log in

                Let people log in.

                ## Solution: A form

                Use a form.

                ## Questions and answers

                Question: By mail, too?
                Answer: Yes, by both.

                Question: Which framework?
                Answer: None."""));
  }

  @Test
  void asksTheQuestionsOnceWhileTheTaskRuns() throws InterruptedException {
    backend.addQuestion("requirement", 2, "By mail, too?", "Yes.", true);
    PlanSource plan = task().plan();
    backend.edit(5, "status", "in_progress");

    assertThat(task().plan()).isEqualTo(plan);
    assertThat(task().plan()).isEqualTo(plan);

    assertThat(backend.requests())
        .filteredOn(request -> request.path().contains("questions"))
        .hasSize(2);
  }

  @Test
  void needsNoQuestions() throws InterruptedException {
    backend.misbehave(2, "questions", Fault.status(404));

    assertThat(task().plan()).isInstanceOf(PlanSource.Prose.class);
  }

  @Test
  void triesLaterWhileTheQuestionsCannotBeRead() {
    backend.misbehave(9, "questions", Fault.status(503));

    assertThatExceptionOfType(PortException.class)
        .isThrownBy(this::task)
        .returns(true, PortException::retryable);
  }

  @Test
  void takesAPlanOutOfTheSolution() throws InterruptedException {
    var solution = new HashMap<String, Object>(Map.of("id", 3, "title", "A form"));
    solution.put(
        "description",
        """
        We do it like this:

        ```yaml
        version: 1
        steps:
          - write: {path: a.txt, content: "one\\n"}
        ```
        """);
    backend.edit(5, "solution", solution);

    assertThat(task().plan()).isInstanceOf(PlanSource.Structured.class);
    assertThat(backend.requests()).noneMatch(request -> request.path().contains("questions"));
  }

  @Test
  void prefersTheDevelopmentPlanOfTheTask() throws InterruptedException {
    backend
        .edit(5, "solution", Map.of("description", "version: 1\nsteps: [delete: {path: a}]"))
        .edit(5, "development_plan", "Just do it.");

    assertThat(task().plan()).isEqualTo(new PlanSource.Prose("Just do it."));
  }

  @Test
  void takesOutWhatPeopleDoNotSeeAndSaysSo() throws InterruptedException {
    backend.edit(5, "requirement", Map.of("title", "Log in", "description", "Log\u202e in\u200b."));

    assertThat(task().plan())
        .isInstanceOfSatisfying(
            PlanSource.Prose.class, prose -> assertThat(prose.text()).contains("Log in."));
    assertThat(task().options().notes())
        .containsExactly(
            "2 invisible characters were taken out: 1 of U+200B ZERO WIDTH SPACE, 1 of U+202E"
                + " RIGHT-TO-LEFT OVERRIDE");
  }

  @Test
  void doesNotAskForTheApplicationThatTheTaskCarries() throws InterruptedException {
    assertThat(http.tasks().application(task().application()).repository())
        .hasToString("https://git.example.com/shop.git");

    assertThat(backend.requests()).noneMatch(request -> request.path().contains("applications"));
  }

  @Test
  void asksForTheApplicationThatTheTaskDoesNotCarry() throws InterruptedException {
    backend
        .edit(5, "application", null)
        .addApplication(7, Map.of("name", "shop", "repository_url", "https://h/other.git"));

    assertThat(http.tasks().application(task().application()).repository())
        .hasToString("https://h/other.git");
  }

  @Test
  void saysThatTheApplicationHasNoRepository() {
    var application = new HashMap<String, Object>(Map.of("name", "shop"));
    application.put("repository_url", null);
    backend.addApplication(7, application);

    assertThatExceptionOfType(PortException.class)
        .isThrownBy(() -> http.tasks().application(new ApplicationId("7")))
        .withMessage("could not read application 7: repository_url: is missing")
        .returns(FailureKind.INVALID_TASK, PortException::kind);
  }

  @ParameterizedTest
  @ValueSource(strings = {"five", "12345678901234567890", "../5", "-5", "5?a=b", "5 "})
  void asksForNoIdThatTheBackendCannotHave(String id) {
    assertThatExceptionOfType(NotFoundException.class)
        .isThrownBy(() -> http.tasks().task(new TaskId(id)));
    assertThatExceptionOfType(NotFoundException.class)
        .isThrownBy(() -> http.tasks().application(new ApplicationId(id)));

    assertThat(backend.requests()).isEmpty();
  }

  @Test
  void tellsAMissingRouteFromAMissingTask() {
    assertThatExceptionOfType(NotFoundException.class)
        .isThrownBy(() -> http.tasks().task(new TaskId("6")))
        .withMessageContaining("knows no such thing");

    backend.misbehave(
        1,
        "/development/5",
        new Fault.Answers(
            404, Map.of("Content-Type", "application/json"), "{\"detail\":\"Not Found\"}"));
    assertThatExceptionOfType(PortException.class)
        .isThrownBy(this::task)
        .withMessageContaining("has no such endpoint (404)")
        .returns(true, PortException::retryable);
  }

  @Test
  void takesAProxysPageForNoVerdict() {
    backend.misbehave(1, "/development/5", Fault.page(404));

    assertThatExceptionOfType(PortException.class)
        .isThrownBy(this::task)
        .returns(true, PortException::retryable);
  }

  @ParameterizedTest
  @ValueSource(ints = {422, 500, 503})
  void triesATaskLaterThatTheBackendCannotGiveNow(int status) {
    backend.misbehave(9, "/development/5", Fault.status(status));

    assertThatExceptionOfType(PortException.class)
        .isThrownBy(this::task)
        .returns(true, PortException::retryable);
  }

  @Test
  void doesNotTakeATaskThatWasGivenToAnotherUser() throws InterruptedException {
    backend.edit(5, "assigned_to", 8);
    try (HttpBackend ours = V1Backends.open(backend.url(), V1Backends.V1.withAssignedTo("7"))) {
      assertThatExceptionOfType(NotFoundException.class)
          .isThrownBy(() -> ours.tasks().task(TASK))
          .withMessage("could not take task 5: it is assigned to user 8 by now");

      backend.edit(5, "status", "in_progress");
      assertThat(ours.tasks().task(TASK).id()).isEqualTo(TASK);
    }
  }

  @Test
  void needsADescriptionOfSomething() throws InterruptedException {
    backend.addTask(6, Map.of("title", "One", "application_id", 7));

    assertThat(http.tasks().task(new TaskId("6")).plan())
        .isInstanceOfSatisfying(
            PlanSource.Invalid.class,
            invalid ->
                assertThat(List.copyOf(invalid.problems()).get(0).message())
                    .startsWith("the task has no development_plan, and no description"));
  }

  private Task task() throws InterruptedException {
    return http.tasks().task(TASK);
  }
}
