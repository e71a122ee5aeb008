package io.numa.avatar.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.cli.command.Shell.Result;
import io.numa.avatar.operation.AttemptStory;
import io.numa.avatar.operation.AvatarStatus;
import io.numa.avatar.operation.BackendContact;
import io.numa.avatar.operation.Controls;
import io.numa.avatar.operation.Health;
import io.numa.avatar.operation.LogPart;
import io.numa.avatar.operation.OperationEvents;
import io.numa.avatar.operation.Overview;
import io.numa.avatar.operation.Reloading;
import io.numa.avatar.operation.ReportBacklog;
import io.numa.avatar.operation.Retry;
import io.numa.avatar.operation.RunState;
import io.numa.avatar.operation.SpendingReport;
import io.numa.avatar.operation.TaskStory;
import io.numa.avatar.operation.Waiting;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.journal.AttemptRecord;
import io.numa.avatar.port.journal.OutcomeWord;
import io.numa.avatar.port.journal.TaskLine;
import io.numa.avatar.port.journal.TaskPage;
import io.numa.avatar.port.journal.TaskQuery;
import io.numa.avatar.run.history.LogSearch;
import io.numa.avatar.server.call.OperatorCalls;
import io.numa.avatar.server.control.ControlServer;
import io.numa.avatar.server.control.ControlSocket;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.agent.AgentUsage;
import io.numa.avatar.task.agent.SteeringMessage;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The operator's commands beside a running avatar, which a control socket stands for. */
class RunningAvatarTest {
  private static final AttemptId ATTEMPT = new AttemptId(new UUID(0, 7));

  @TempDir Path folder;
  private final List<String> orders = new ArrayList<>();
  private OutcomeWord outcome = OutcomeWord.DONE;
  private Reloading.Result reloaded = new Reloading.Result(List.of(), List.of(), Optional.empty());
  private ControlServer server;
  private boolean broken;
  private int half;

  @BeforeEach
  void start() throws Exception {
    Path state = Files.createDirectories(folder.resolve("state"));
    Files.writeString(
        folder.resolve("config.yaml"),
        "avatar: {state_dir: %s, log_dir: %s}".formatted(state, folder.resolve("logs")));
    server =
        ControlServer.start(
            ControlSocket.of(state),
            Map.of(),
            new OperatorCalls(new Seen(), new Told(), () -> reloaded),
            new OperationEvents(),
            Clock.systemUTC());
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  private Result run(Shell shell, String... words) {
    var all = new ArrayList<Object>(List.of(words));
    all.addAll(List.of("--config", folder.resolve("config.yaml")));
    return shell.run(all.toArray());
  }

  private Result run(String... words) {
    return run(new Shell(), words);
  }

  @Test
  void ordersReachTheAvatarAndSayWhatFollows() {
    assertThat(run("pause").out())
        .isEqualTo("paused: running tasks continue, and 'avatar resume' takes tasks again\n");
    assertThat(run("resume", "--json").out()).isEqualTo("{\"done\":\"resume\"}\n");
    assertThat(run("drain").exitCode()).isZero();
    assertThat(run("cancel", "7").out()).isEqualTo("task 7 is being cancelled\n");
    assertThat(run("retry", "7").out()).contains("avatar log 7 --follow");
    assertThat(orders).containsExactly("pause", "resume", "drain", "cancel 7", "retry 7");
  }

  @Test
  void saysSomethingToTheAgentOfATask() {
    assertThat(run("say", "7", "Take XML,", "not CSV.", "--author", "alice").out())
        .contains("avatar log 7 --follow");
    run(new Shell().input("Two\nlines.\n"), "say", "7", "-");

    assertThat(orders)
        .containsExactly(
            "say 7 alice: Take XML, not CSV.",
            "say 7 " + System.getProperty("user.name") + ": Two\nlines.\n");
  }

  @Test
  void saysWhyATaskTakesNoMessage() {
    Result unknown = run("say", "8", "Take XML.");
    Result nothing = run("say", "7", " ");
    Result tooLong = run(new Shell().input("x".repeat(20_000)), "say", "7", "-", "--json");

    assertThat(unknown.exitCode()).isEqualTo(1);
    assertThat(unknown.err()).contains("no task 8");
    assertThat(nothing.exitCode()).isEqualTo(2);
    assertThat(nothing.err()).contains("the message has no text");
    assertThat(tooLong.exitCode()).isEqualTo(2);
    assertThat(tooLong.out()).contains("bad_request", "16384");
    assertThat(run("say", "7").exitCode()).isEqualTo(2);
    assertThat(orders).containsExactly("say 8 " + System.getProperty("user.name") + ": Take XML.");
  }

  @Test
  void reloadSaysWhatChangesAndWhatNeedsARestart() {
    assertThat(run("reload").out())
        .isEqualTo("the configuration was read again; nothing changes\n");
    reloaded =
        new Reloading.Result(
            List.of("agents.available", "guard.max_files"), List.of("git.depth"), Optional.empty());

    assertThat(run("reload").out())
        .isEqualTo(
            """
            from the next task on, this changes: agents.available, guard.max_files
            only a restart changes: git.depth
            """);
    assertThat(run("reload", "--json").out()).startsWith("{\"done\":\"reload\",\"changed\":[");
  }

  @Test
  void reloadOfAWrongConfigurationEndsWithTwo() {
    reloaded = Reloading.Result.refused("2 problems\n  one\n  two");

    Result result = run("reload");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err())
        .isEqualTo("2 problems\n  one\n  two; nothing has changed; mend it, and reload again\n");
  }

  /** This command's environment may differ from the avatar's, so the avatar has the last word. */
  @Test
  void reloadOfAFileWithErrorsLetsTheAvatarSayWhatIsWrong() throws Exception {
    reloaded = Reloading.Result.refused("line 2 is wrong");
    Path file = folder.resolve("config.yaml");
    Files.writeString(file, Files.readString(file) + "\nguard: {max_files: many}\n");

    Result result = run("reload");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err())
        .isEqualTo("line 2 is wrong; nothing has changed; mend it, and reload again\n");
  }

  @Test
  void reloadOfAFileThatHidesTheAvatarSaysThatNothingHasChanged() throws Exception {
    Files.writeString(folder.resolve("config.yaml"), "avatar: {state_dir: [}\n");

    Result result = run("reload");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err())
        .contains("could not use the configuration: 1 problem", "config.yaml:1")
        .endsWith("nothing has changed: no running avatar was found by it\n");
  }

  /** A service has its secrets from a file that only root reads; its operators do not have them. */
  @Test
  void findsAnAvatarWhoseSecretsOnlyTheAvatarHas() throws Exception {
    Path file = folder.resolve("config.yaml");
    Files.writeString(
        file,
        Files.readString(file)
            + """

            backend: {url: "http://127.0.0.1:7301", api_token: "${TOKEN_OF_THE_SERVICE}"}
            git: {credentials: [{host: example.com, username: bot, password: "${ITS_PASSWORD}"}]}
            """);

    assertThat(run("status").exitCode()).isZero();
    assertThat(run("pause").exitCode()).isZero();
    assertThat(run("config", "show").err()).contains("TOKEN_OF_THE_SERVICE, which is not set");
  }

  @Test
  void refusedCallsEndWithOneAndSayWhatToDo() {
    Result cancel = run("cancel", "8", "--json");

    assertThat(cancel.exitCode()).isEqualTo(1);
    assertThat(cancel.out()).startsWith("{\"error\":{\"kind\":\"not_found\"");
    assertThat(cancel.err()).contains("no task 8").contains("; list the tasks");
    assertThat(run("task", "8").exitCode()).isEqualTo(1);
    assertThat(run("log", "7", "--attempt", "2").err()).contains("task 7 has no attempt 2");
    assertThat(run("tasks", "--outcome", "fine").exitCode()).isEqualTo(2);
  }

  @Test
  void statusAndWhyTellTheReason() {
    assertThat(run("status").out()).contains("a1  running", "It takes no task: nothing to do.");
    assertThat(run("why", "--json").out())
        .isEqualTo(
            "{\"state\":\"running\",\"why\":[{\"kind\":\"no_message\",\"text\":\"nothing to do\"}]}\n");
  }

  @Test
  void logIsFollowedUntilTheAttemptEndsWithItsColours() {
    Result result = run(new Shell().interactive(), "log", "7", "--follow");

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out()).isEqualTo("one\n\u001b[31mtwo\n\u001b[0m");
  }

  @Test
  void followedTaskThatFailsEndsWithOne() {
    outcome = OutcomeWord.FAILED;

    assertThat(run("log", "7", "--follow").exitCode()).isEqualTo(1);
    assertThat(run("log", "7").exitCode()).isZero();
  }

  @Test
  void logThatFailsMidwayEndsWithOneAndSaysWhy() {
    broken = true;

    Result result = run("log", "7", "--follow");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out()).isEqualTo("one\n");
    assertThat(result.err()).contains("could not read the log of task 7: the disk is broken");
  }

  @Test
  void logEndsWhereAKilledProcessLeftHalfACharacter() {
    half = 2;

    assertThat(run("log", "7", "--follow").out()).isEqualTo("one\ntwo\n");
  }

  @Test
  void programsGetALogWithoutColours() {
    assertThat(run("log", "7", "--follow").out()).isEqualTo("one\ntwo\n");
  }

  @Test
  void tellsWhatWasSpent() {
    Result result = run("spend", "--since", "2025-08-01T12:00:00Z");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out())
        .isEqualTo(
            """
            COST  ANSWERS  TOKENS IN  CACHED   OUT  DAY
            0.13       12      34.5k   28.0k  2.1k  2025-08-03
            0.13       12      34.5k   28.0k  2.1k  total since 2025-08-01
            """);
    assertThat(run("spend", "--by", "agent", "--json").out())
        .contains(
            "\"by\":\"agent\"",
            "\"lines\":[{\"agent\":\"2025-08-03\",\"answers\":12,\"input_tokens\":34500",
            "\"cost\":0.1234");
    assertThat(run("spend", "--by", "moon").err()).contains("give day, agent or repository");
  }

  /** An avatar with task 7, whose log grows by a line when it is read again at its end. */
  private final class Seen implements Overview {
    private static final byte[] LOG = "one\n\u001b[31mtwo\u0007\n".getBytes(StandardCharsets.UTF_8);
    private int size = 4;

    @Override
    public AvatarStatus status() {
      return new AvatarStatus(
          new AvatarStatus.Identity("a1", "tasks", "1", Optional.empty(), "off", List.of()),
          RunState.RUNNING,
          Optional.empty(),
          1,
          List.of(),
          0,
          List.of(Waiting.of(Waiting.Kind.NO_MESSAGE, "nothing to do")),
          BackendContact.NONE,
          List.of(),
          ReportBacklog.NONE);
    }

    @Override
    public Health health() {
      return new Health(List.of(), List.of());
    }

    @Override
    public TaskPage tasks(TaskQuery query) {
      return new TaskPage(List.of(), Optional.empty());
    }

    @Override
    public Optional<TaskStory> task(TaskId task) {
      if (!task.value().equals("7")) {
        return Optional.empty();
      }
      var record = new AttemptRecord(ATTEMPT, 1, Optional.empty(), Optional.empty(), false, 0);
      return Optional.of(
          new TaskStory(
              TaskLine.waiting(task),
              Optional.empty(),
              List.of(new AttemptStory(record, outcome, LOG.length)),
              Optional.empty()));
    }

    @Override
    public Optional<LogPart> log(TaskId task, Optional<AttemptId> attempt, long from, int most) {
      int offset = (int) from;
      boolean grown = offset == size;
      if (grown && broken) {
        throw new PortException(
            FailureKind.UNAVAILABLE, "could not read the log of task 7: the disk is broken");
      }
      size = grown ? LOG.length : size;
      String text = new String(LOG, offset, size - offset, StandardCharsets.UTF_8);
      return Optional.of(new LogPart(ATTEMPT, offset, size, size + half, size < LOG.length, text));
    }

    @Override
    public Optional<LogSearch.Result> find(
        TaskId task, Optional<AttemptId> attempt, String text, long from) {
      return Optional.empty();
    }

    @Override
    public SpendingReport spending(SpendingReport.By by, LocalDate from) {
      return new SpendingReport(
          by,
          from,
          List.of(
              new SpendingReport.Line(
                  "2025-08-03",
                  new AgentUsage(12, 0, 0, 34_500, 28_000, 0, 2_100, new BigDecimal("0.1234")))));
    }

    @Override
    public Optional<String> change(TaskId task) {
      return Optional.empty();
    }
  }

  private final class Told implements Controls {
    @Override
    public void pause() {
      orders.add("pause");
    }

    @Override
    public void resume() {
      orders.add("resume");
    }

    @Override
    public void drain() {
      orders.add("drain");
    }

    @Override
    public boolean cancel(TaskId task) {
      orders.add("cancel " + task);
      return task.value().equals("7");
    }

    @Override
    public Retry retry(TaskId task) {
      orders.add("retry " + task);
      return Retry.BEGUN;
    }

    @Override
    public Optional<String> say(TaskId task, SteeringMessage message) {
      orders.add("say " + task + " " + message.author() + ": " + message.text());
      return task.value().equals("7")
          ? Optional.empty()
          : Optional.of("no coding agent works on it");
    }
  }
}
