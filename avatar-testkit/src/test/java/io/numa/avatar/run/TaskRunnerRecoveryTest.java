package io.numa.avatar.run;

import static io.numa.avatar.run.RunWorld.BRANCH;
import static io.numa.avatar.run.RunWorld.SOON;
import static io.numa.avatar.run.RunWorld.TASK;
import static io.numa.avatar.run.RunWorld.begin;
import static io.numa.avatar.run.RunWorld.run;
import static io.numa.avatar.run.RunWorld.write;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.CommandResult;
import io.numa.avatar.port.CommandRunner;
import io.numa.avatar.port.NotFoundException;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.StatusUpdate;
import io.numa.avatar.port.UnauthorizedException;
import io.numa.avatar.port.journal.Journal;
import io.numa.avatar.port.repository.PendingPush;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.AvatarId;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskOutcome;
import io.numa.avatar.task.TaskState;
import io.numa.avatar.testkit.InMemoryBackend.Call;
import io.numa.avatar.testkit.InMemoryBackend.Event;
import io.numa.avatar.testkit.ScriptedCommandRunner.Held;
import io.numa.avatar.testkit.fixture.TreeFile;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The next process continues what the previous process left in the journal. */
class TaskRunnerRecoveryTest {
  private static final AvatarId ANOTHER = new AvatarId("another");
  private static final String BEGUN = "compiling with ümlauts\nhalf a li";

  @TempDir Path folder;
  private RunWorld world;
  private final Journal journal = Lasting.journal();
  private final Attempt attempt = Attempt.of(TASK);
  private final List<AttemptId> cleared = new ArrayList<>();

  @BeforeEach
  void prepare() {
    world = new RunWorld(folder).withSteps(write("login.txt", ""), run("build"));
  }

  @Test
  void beginsAnotherAttemptAfterTheWholeLogOfTheInterruptedOne() throws Exception {
    leaveUnfinished(1);

    TaskOutcome outcome = resume();

    assertThat(outcome).isInstanceOf(TaskOutcome.Delivered.class);
    assertThat(attempts()).hasSize(2).startsWith(attempt.id());
    assertThat(logOf(attempt.id()))
        .isEqualTo(Files.readString(logFile(attempt)))
        .startsWith(BEGUN + "\n")
        .endsWith("[develop] the avatar was restarted during this attempt; another one follows\n");
    assertThat(logOf(attempts().get(1)))
        .isEqualTo(
            Files.readString(logFile(new Attempt(TASK, attempts().get(1), Optional.empty()))))
        .endsWith("[report] done, not tested: " + head().abbreviated() + " on " + BRANCH + "\n");
    assertThat(world.backend.states(TASK))
        .containsOnlyOnce(TaskState.DONE)
        .endsWith(TaskState.DONE);
    assertThat(world.shop.log(BRANCH.value())).hasSize(2);
    assertThat(journal.open()).isEmpty();
  }

  @Test
  void endsWhatTheAttemptLeftRunningBeforeItDoesAnythingElse() throws Exception {
    leaveUnfinished(1);
    var home = folder.resolve("workspace").resolve("T-1").resolve(attempt.id().toString());
    Files.createDirectories(home.resolve("tree"));

    resume();

    assertThat(cleared).containsExactly(attempt.id());
  }

  @Test
  void givesUpWhenTheAvatarWasStoppedTooOften() throws Exception {
    leaveUnfinished(3);

    TaskOutcome outcome = resume();

    assertThat(outcome).isInstanceOf(TaskOutcome.Failed.class);
    StatusUpdate last = lastUpdate();
    assertThat(last.state()).isEqualTo(TaskState.FAILED);
    assertThat(last.failure().orElseThrow().kind()).isEqualTo(FailureKind.INTERRUPTED);
    assertThat(last.failure().orElseThrow().stage()).isEqualTo(Stage.DEVELOP);
    assertThat(attempts()).containsExactly(attempt.id());
    assertThat(world.shop.branches()).containsExactly("main");
    assertThat(journal.open()).isEmpty();
  }

  @Test
  void reportsAPushWhoseAcknowledgementWasLost() throws Exception {
    leaveUnfinished(1);
    CommitId commit = pushFrom(attempt);
    journal.committed(attempt.id(), new PendingPush(RunWorld.SHOP, BRANCH, commit));

    TaskOutcome outcome = resume();

    assertThat(outcome).isInstanceOf(TaskOutcome.Delivered.class);
    assertThat(lastUpdate().state()).isEqualTo(TaskState.DONE);
    assertThat(lastUpdate().work().commit()).contains(commit);
    assertThat(attempts()).containsExactly(attempt.id());
    assertThat(world.shop.log(BRANCH.value())).hasSize(2);
    assertThat(world.commands.executed()).isEmpty();
  }

  @Test
  void doesItAgainWhenTheCommitDidNotReachTheRemote() throws Exception {
    leaveUnfinished(1);
    var commit = new CommitId("1234567890123456789012345678901234567890");
    journal.committed(attempt.id(), new PendingPush(RunWorld.SHOP, BRANCH, commit));

    assertThat(resume()).isInstanceOf(TaskOutcome.Delivered.class);

    assertThat(attempts()).hasSize(2);
    assertThat(world.shop.log(BRANCH.value())).hasSize(2);
  }

  @Test
  void onlyReportsAPushThatWasAcknowledged() throws Exception {
    leaveUnfinished(1);
    var commit = new CommitId("1234567890123456789012345678901234567890");
    journal.committed(attempt.id(), new PendingPush(RunWorld.SHOP, BRANCH, commit));
    journal.pushed(attempt.id());

    assertThat(resume()).isInstanceOf(TaskOutcome.Delivered.class);

    assertThat(lastUpdate().work().commit()).contains(commit);
    assertThat(world.shop.branches()).containsExactly("main");
  }

  @Test
  void reportsWhatWasPushedAlthoughItsLeaseHasEndedMeanwhile() throws Exception {
    world.backend.withLease(Duration.ofMinutes(1));
    leaveUnfinished(1);
    journal.committed(attempt.id(), new PendingPush(RunWorld.SHOP, BRANCH, pushFrom(attempt)));
    world.backend.pass(Duration.ofMinutes(2));

    assertThat(resume()).isInstanceOf(TaskOutcome.Delivered.class);

    assertThat(lastUpdate().state()).isEqualTo(TaskState.DONE);
    assertThat(logOf(attempt.id())).isEqualTo(Files.readString(logFile(attempt)));
    assertThat(world.shop.log(BRANCH.value())).hasSize(2);
  }

  @Test
  void leavesThePushedCommitToTheAvatarThatHasTheTask() throws Exception {
    world.backend.withLease(Duration.ofMinutes(1));
    leaveUnfinished(1);
    journal.committed(attempt.id(), new PendingPush(RunWorld.SHOP, BRANCH, pushFrom(attempt)));
    world.backend.pass(Duration.ofMinutes(2)).giveTo(ANOTHER, TASK);

    assertThat(resume()).isInstanceOf(TaskOutcome.NotOurs.class);

    assertThat(world.backend.states(TASK)).containsOnly(TaskState.IN_PROGRESS);
    assertThat(journal.open()).isEmpty();
  }

  @Test
  void onlyReportsATaskThatHadEnded() throws Exception {
    leaveUnfinished(1);
    AttemptProgress progress = courseOf(journal.find(TASK).orElseThrow().latest().orElseThrow());
    TaskOutcome failed = progress.failed(FailureKind.CONFLICT, "oops", OptionalInt.empty());
    journal.announce(
        attempt.id(), progress.end(failed).orElseThrow(), BEGUN.getBytes(UTF_8).length);

    assertThat(resume()).isEqualTo(failed);

    assertThat(lastUpdate().failure().orElseThrow().message()).isEqualTo("oops");
    assertThat(logOf(attempt.id())).isEqualTo(BEGUN);
    assertThat(world.backend.states(TASK)).containsOnlyOnce(TaskState.FAILED);
    assertThat(attempts()).containsExactly(attempt.id());
    assertThat(journal.open()).isEmpty();
  }

  @Test
  void doesNotReportAnEndAgainThatTheBackendHas() throws Exception {
    leaveUnfinished(1);
    AttemptProgress progress = courseOf(journal.find(TASK).orElseThrow().latest().orElseThrow());
    StatusUpdate last = progress.end(new TaskOutcome.Delivered(progress.work())).orElseThrow();
    journal.told(attempt.id(), 2);
    journal.announce(attempt.id(), last, 0);
    world.backend.report(attempt, last);

    resume();

    assertThat(world.backend.states(TASK)).containsOnlyOnce(TaskState.DONE);
    assertThat(journal.open()).isEmpty();
  }

  @Test
  void reportsThatItWasCancelledMeanwhile() throws Exception {
    leaveUnfinished(1);
    world.backend.cancel(TASK);

    assertThat(resume()).isInstanceOf(TaskOutcome.Cancelled.class);

    assertThat(lastUpdate().state()).isEqualTo(TaskState.CANCELLED);
    assertThat(logOf(attempt.id())).isEqualTo(Files.readString(logFile(attempt)));
    assertThat(world.shop.branches()).containsExactly("main");
    assertThat(journal.open()).isEmpty();
  }

  @Test
  void leavesATaskThatAnotherAvatarHasByNow() throws Exception {
    leaveUnfinished(1);
    world.backend.giveTo(ANOTHER, TASK);

    assertThat(resume()).isInstanceOf(TaskOutcome.NotOurs.class);

    assertThat(world.backend.states(TASK)).containsExactly(TaskState.IN_PROGRESS);
    assertThat(world.shop.branches()).containsExactly("main");
    assertThat(journal.open()).isEmpty();
  }

  @Test
  void forgetsATaskThatIsGone() {
    journal.begin(Attempt.of(new TaskId("gone")), 1);
    journal.claimed(journal.open().get(0).attempt());

    TaskRunner runner = runner();

    assertThatThrownBy(() -> runner.run(new TaskId("gone"))).isInstanceOf(NotFoundException.class);
    assertThat(journal.open()).isEmpty();
  }

  @Test
  void keepsATaskInTheJournalWhoseBackendOrRemoteIsOutOfReach() throws Exception {
    leaveUnfinished(1);
    var away = new PortException(FailureKind.UNAVAILABLE, "could not reach the backend");
    world.backend.failNext(Call.TASK, away);

    TaskRunner runner = runner();

    assertThatThrownBy(() -> runner.run(TASK)).isSameAs(away);
    assertThat(journal.open()).hasSize(1);
    assertThat(resume()).isInstanceOf(TaskOutcome.Delivered.class);
  }

  @Test
  void keepsAnInterruptedAttemptForTheNextProcess() throws Exception {
    Held build = world.commands.hold("build", "compiling\n");
    Running running = begin(runner(), TASK);
    assertThat(build.awaitStart(SOON)).isTrue();

    running.interrupt();

    assertThat(running.outcome()).isInstanceOf(TaskOutcome.Cancelled.class);
    assertThat(world.backend.states(TASK)).containsOnly(TaskState.IN_PROGRESS);
    assertThat(journal.open()).hasSize(1);
    world.commands.answer("build", (command, output) -> new CommandResult.Exited(0, Duration.ZERO));
    assertThat(resume()).isInstanceOf(TaskOutcome.Delivered.class);
    assertThat(attempts()).hasSize(2);
    assertThat(logOf(attempts().get(0))).contains("compiling\n");
  }

  @Test
  void keepsReportsThatTheBackendRefusesForTheNextProcess() throws Exception {
    world.backend.failAlways(
        Call.APPEND, new UnauthorizedException("could not send the log: refused"));

    assertThat(begin(runner(), TASK).outcome()).isInstanceOf(TaskOutcome.Delivered.class);

    assertThat(world.backend.states(TASK)).doesNotContain(TaskState.DONE);
    assertThat(journal.open()).hasSize(1);
    world.backend.recover();
    assertThat(resume()).isInstanceOf(TaskOutcome.Delivered.class);
    assertThat(world.backend.states(TASK)).containsOnlyOnce(TaskState.DONE);
    assertThat(world.backend.log(TASK)).isEqualTo(world.logFile());
    assertThat(world.shop.log(BRANCH.value())).hasSize(2);
  }

  /** Leaves an attempt whose process died at the stage DEVELOP. */
  private void leaveUnfinished(int number) throws Exception {
    var progress = new AttemptProgress(world.clock, world.settings().redactor());
    StatusUpdate claim = progress.claim();
    journal.begin(attempt, number);
    journal.claimed(world.backend.report(attempt, claim).map(attempt::withLease).orElse(attempt));
    journal.announce(attempt.id(), claim, 0);
    journal.told(attempt.id(), 1);
    journal.announce(attempt.id(), progress.enter(Stage.DEVELOP), 0);
    Files.createDirectories(logFile(attempt).getParent());
    Files.write(logFile(attempt), BEGUN.getBytes(UTF_8));
  }

  private AttemptProgress courseOf(StatusUpdate latest) {
    var progress = new AttemptProgress(world.clock, world.settings().redactor());
    progress.resume(latest);
    return progress;
  }

  private CommitId pushFrom(Attempt from) {
    world.shop.seed(BRANCH.value(), Map.of("README.md", "A shop.\n"));
    return world.shop.commit(
        BRANCH.value(),
        "feat: x\n\nNuma-Task: " + from.task() + "\nNuma-Attempt: " + from.id() + "\n",
        Map.of("login.txt", TreeFile.of("")));
  }

  private Path logFile(Attempt of) {
    return folder.resolve("logs").resolve("T-1").resolve(of.id() + ".log");
  }

  private TaskOutcome resume() throws Exception {
    return begin(runner(), TASK).outcome();
  }

  private TaskRunner runner() {
    Ports ports = world.ports(journal);
    return world.runner(
        OtherPorts.commands(ports, clearing(ports.commands())).withJournal(journal),
        RunListener.NONE);
  }

  private CommandRunner clearing(CommandRunner real) {
    return (CommandRunner)
        Proxy.newProxyInstance(
            CommandRunner.class.getClassLoader(),
            new Class<?>[] {CommandRunner.class},
            (proxy, called, arguments) -> {
              if (called.getName().equals("endLeftovers")) {
                cleared.add((AttemptId) arguments[0]);
                return null;
              }
              try {
                return called.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private CommitId head() {
    return world.shop.headOf(BRANCH.value()).orElseThrow();
  }

  private StatusUpdate lastUpdate() {
    List<StatusUpdate> all = world.backend.updates(TASK);
    return all.get(all.size() - 1);
  }

  /** The attempts that reported, in the order of their first reports. */
  private List<AttemptId> attempts() {
    return world.backend.events(TASK).stream()
        .map(
            event ->
                event instanceof Event.Logged logged
                    ? logged.attempt().id()
                    : ((Event.Reported) event).attempt().id())
        .distinct()
        .toList();
  }

  private String logOf(AttemptId id) {
    var log = new StringBuilder();
    for (Event event : world.backend.events(TASK)) {
      if (event instanceof Event.Logged logged && logged.attempt().id().equals(id)) {
        assertThat(logged.chunk().offset()).isEqualTo(log.toString().getBytes(UTF_8).length);
        log.append(logged.chunk().text());
      }
    }
    return log.toString();
  }
}
