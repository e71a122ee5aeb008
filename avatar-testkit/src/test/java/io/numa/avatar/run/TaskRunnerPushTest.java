package io.numa.avatar.run;

import static io.numa.avatar.run.RunWorld.BRANCH;
import static io.numa.avatar.run.RunWorld.MVN;
import static io.numa.avatar.run.RunWorld.SOON;
import static io.numa.avatar.run.RunWorld.TASK;
import static io.numa.avatar.run.RunWorld.begin;
import static io.numa.avatar.run.RunWorld.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.plan.DevelopmentPlan;
import io.numa.avatar.plan.PlanSource;
import io.numa.avatar.plan.Step;
import io.numa.avatar.plan.TestCommand;
import io.numa.avatar.plan.TestPolicy;
import io.numa.avatar.port.CommandResult;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.StatusUpdate;
import io.numa.avatar.port.journal.Journal;
import io.numa.avatar.port.repository.PendingPush;
import io.numa.avatar.port.repository.Repository;
import io.numa.avatar.run.guard.Guard;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.task.Failure;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.TaskOutcome;
import io.numa.avatar.testkit.InMemoryBackend.Event;
import io.numa.avatar.testkit.fixture.SeededRepository.LogEntry;
import io.numa.avatar.testkit.fixture.TreeFile;
import io.numa.avatar.workspace.ProtectedPaths;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The outcome of a task whose branch moves while the task runs. */
class TaskRunnerPushTest {
  private static final String BRANCH_NAME = BRANCH.value();

  @TempDir Path folder;
  private RunWorld world;
  private int testRuns;

  @BeforeEach
  void prepare() {
    world = new RunWorld(folder);
    world.shop.seed(BRANCH_NAME, Map.of("a.txt", "1\n2\n3\n"));
    world.withPlan(plan(write("mine.txt", "mine\n")));
  }

  private static DevelopmentPlan plan(Step... steps) {
    return DevelopmentPlan.of(steps).withTest(new TestCommand.Run(MVN));
  }

  /**
   * Makes the script decide, for each numbered run of the tests from 1, what happens and which exit
   * code it has.
   */
  private void tests(RunOfTests script) {
    world.commands.answer(MVN.display(), (command, sink) -> exited(script.exitCode(++testRuns)));
  }

  private interface RunOfTests {
    int exitCode(int number);
  }

  private static CommandResult exited(int code) {
    return new CommandResult.Exited(code, Duration.ofSeconds(1));
  }

  /** Another person pushes a file. */
  private int othersPush(String path, String text) {
    world.shop.seed(BRANCH_NAME, Map.of(path, text));
    return 0;
  }

  private Failure failure(TaskOutcome outcome) {
    assertThat(outcome).isInstanceOf(TaskOutcome.Failed.class);
    return ((TaskOutcome.Failed) outcome).failure();
  }

  private Map<String, CommitId> rescued() {
    return world.shop.refs("refs/numa/parked/");
  }

  private List<Stage> stages() {
    return updates().stream().map(StatusUpdate::stage).toList();
  }

  private List<StatusUpdate> updates() {
    return world.backend.events(TASK).stream()
        .filter(Event.Reported.class::isInstance)
        .map(event -> ((Event.Reported) event).update())
        .toList();
  }

  @Test
  void isReplayedOnTheOthersWorkTestedThereAndPushed() throws Exception {
    tests(run -> run == 1 ? othersPush("theirs.txt", "theirs\n") : 0);
    List<PendingPush> noted = new ArrayList<>();

    TaskOutcome outcome = world.runner(world.ports(noting(noted)), RunListener.NONE).run(TASK);

    assertThat(outcome).isInstanceOf(TaskOutcome.Delivered.class);
    assertThat(testRuns).isEqualTo(2);
    List<LogEntry> log = world.shop.log(BRANCH_NAME);
    assertThat(log).hasSize(3);
    assertThat(log.get(0).message()).contains("Let people log in", "Numa-Task: " + TASK);
    assertThat(world.shop.files(BRANCH_NAME)).containsKeys("a.txt", "mine.txt", "theirs.txt");
    assertThat(noted).extracting(PendingPush::commit).hasSize(2).endsWith(log.get(0).id());
    assertThat(updates().get(updates().size() - 1).work().commit()).contains(log.get(0).id());
    assertThat(stages())
        .containsSubsequence(
            Stage.TEST, Stage.COMMIT, Stage.PUSH, Stage.TEST, Stage.COMMIT, Stage.PUSH);
    assertThat(world.logFile())
        .contains("the branch has moved; replayed on ", "\"seed " + BRANCH_NAME + "\" by Seeder");
    assertThat(rescued()).isEmpty();
  }

  private static Journal noting(List<PendingPush> noted) {
    var real = new InMemoryJournal();
    return (Journal)
        Proxy.newProxyInstance(
            Journal.class.getClassLoader(),
            new Class<?>[] {Journal.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("committed")) {
                noted.add((PendingPush) arguments[1]);
              }
              return method.invoke(real, arguments);
            });
  }

  @Test
  void failsByAConflictThatNamesBothSidesAndIsParked() throws Exception {
    world = new RunWorld(folder.resolve("other"));
    world.shop.seed(BRANCH_NAME, Map.of("a.txt", "1\n2\n3\n"));
    world.withPlan(plan(write("a.txt", "ours\n")));
    tests(run -> othersPush("a.txt", "theirs\n"));

    Failure failure = failure(world.runner().run(TASK));

    CommitId theirs = world.shop.headOf(BRANCH_NAME).orElseThrow();
    assertThat(failure.kind()).isEqualTo(FailureKind.CONFLICT);
    assertThat(failure.stage()).isEqualTo(Stage.PUSH);
    assertThat(rescued()).hasSize(1);
    String ref = rescued().keySet().iterator().next();
    assertThat(ref).startsWith("refs/numa/parked/T-1/");
    CommitId ours = rescued().get(ref);
    assertThat(world.shop.files(ours)).containsEntry("a.txt", TreeFile.of("ours\n"));
    assertThat(failure.message())
        .contains("a.txt", ours.abbreviated(), theirs.abbreviated(), "Seeder")
        .contains("the work is kept: " + ours)
        .contains("git fetch " + RunWorld.SHOP + " " + ref);
    assertThat(world.logFile()).contains("git fetch " + RunWorld.SHOP + " " + ref);
    assertThat(testRuns).isEqualTo(1);
  }

  @Test
  void givesUpAfterThreeReplaysAndIsParked() throws Exception {
    tests(run -> othersPush("theirs " + run + ".txt", "theirs\n"));

    Failure failure = failure(world.runner().run(TASK));

    assertThat(failure.kind()).isEqualTo(FailureKind.PUSH_REJECTED);
    assertThat(failure.message()).contains("3 times", "git fetch ");
    assertThat(testRuns).isEqualTo(4);
    CommitId ours = rescued().values().iterator().next();
    assertThat(world.shop.files(ours))
        .containsKeys("mine.txt", "theirs 3.txt")
        .doesNotContainKey("theirs 4.txt");
    assertThat(world.shop.log(BRANCH_NAME)).hasSize(5);
  }

  @Test
  void parksWhatPassedItsTestsBeforeTheReplayOnly() throws Exception {
    tests(run -> run == 1 ? othersPush("theirs.txt", "theirs\n") : 7);

    Failure failure = failure(world.runner().run(TASK));

    assertThat(failure.kind()).isEqualTo(FailureKind.TESTS_FAILED);
    assertThat(failure.stage()).isEqualTo(Stage.TEST);
    assertThat(failure.exitCode()).hasValue(7);
    assertThat(failure.message()).contains("exited with 7", "git fetch ");
    CommitId ours = rescued().values().iterator().next();
    assertThat(world.shop.files(ours)).containsOnlyKeys("a.txt", "mine.txt");
  }

  @Test
  void parksWhatTheRemoteRefuses() throws Exception {
    tests(run -> 0);
    world.repository.rejectPushes("protected branch\nask the owners");

    Failure failure = failure(world.runner().run(TASK));

    assertThat(failure.kind()).isEqualTo(FailureKind.PUSH_REJECTED);
    assertThat(failure.message()).contains("protected branch\nask the owners", "git fetch ");
    assertThat(rescued()).hasSize(1);
  }

  @Test
  void saysWhyItFailedThoughItCannotBeParked() throws Exception {
    tests(run -> 0);
    world.repository.rejectPushes("protected branch");
    var full = new PortException(FailureKind.UNAVAILABLE, "could not park it: the disk is full");
    Ports ports = new BreakingPort("LocalCommit.rescue", full).in(world.ports());

    Failure failure = failure(world.runner(ports, RunListener.NONE).run(TASK));

    assertThat(failure.kind()).isEqualTo(FailureKind.PUSH_REJECTED);
    assertThat(failure.message())
        .contains("protected branch\nthe work is not kept: could not park it: the disk is full");
  }

  @Test
  void guardsTheReplayedChangeToo() throws Exception {
    world = new RunWorld(folder.resolve("other"));
    world.shop.seed(BRANCH_NAME, Map.of("a.txt", "1\n2\n3\n4\n5\n"));
    world.withPlan(plan(write("a.txt", "1\n2\n3\n4\nfive\n")));
    tests(run -> othersPush("a.txt", "one and some more\n2\n3\n4\n5\n"));
    var settings = world.settings();
    var guarded = settings.withGuard(new Guard(ProtectedPaths.NONE, 10, 20, 1000));

    Failure failure =
        failure(new TaskRunner(world.ports(), guarded, RunListener.NONE, world.clock).run(TASK));

    assertThat(failure.kind()).isEqualTo(FailureKind.DENIED);
    assertThat(failure.message()).contains("guard.max_file_size", "git fetch ");
    assertThat(testRuns).isEqualTo(1);
  }

  @Test
  void hasNoChangesWhereOthersHaveDoneTheSame() throws Exception {
    tests(run -> othersPush("mine.txt", "mine\n"));

    Failure failure = failure(world.runner().run(TASK));

    assertThat(failure.kind()).isEqualTo(FailureKind.NO_CHANGES);
    assertThat(failure.message())
        .contains("the branch already has the whole change", "allow_empty");
    assertThat(rescued()).isEmpty();
  }

  @Test
  void commitsNothingNewWhereThatIsAllowed() throws Exception {
    world = new RunWorld(folder.resolve("other"));
    world.shop.seed(BRANCH_NAME, Map.of("a.txt", "1\n"));
    DevelopmentPlan plan = plan(write("mine.txt", "mine\n"));
    world.withPlan(
        new DevelopmentPlan(
            plan.steps(),
            plan.commitMessage(),
            plan.test(),
            plan.testTimeout(),
            true,
            TestPolicy.UNSAID));
    tests(run -> run == 1 ? othersPush("mine.txt", "mine\n") : 0);

    assertThat(world.runner().run(TASK)).isInstanceOf(TaskOutcome.Delivered.class);

    assertThat(world.shop.log(BRANCH_NAME).get(0).message()).contains("Numa-Task: " + TASK);
  }

  @Test
  void isDoneWhereAnotherAttemptAtTheTaskHasDoneTheSame() throws Exception {
    tests(
        run -> {
          world.shop.commit(
              BRANCH_NAME,
              "feat: it\n\nNuma-Task: " + TASK + "\nNuma-Attempt: another\n",
              Map.of("mine.txt", TreeFile.of("mine\n")));
          return 0;
        });

    TaskOutcome outcome = world.runner().run(TASK);

    assertThat(outcome).isInstanceOf(TaskOutcome.Delivered.class);
    assertThat(((TaskOutcome.Delivered) outcome).work().commit())
        .isEqualTo(world.shop.headOf(BRANCH_NAME));
    assertThat(rescued()).isEmpty();
  }

  /** The server accepts the push, the answer is lost, and others push on top at once. */
  @Test
  void findsItsCommitBelowThoseOfOthersWhereTheAnswerWasLost() throws Exception {
    tests(run -> 0);
    Ports ports = world.ports();
    var losing = OtherPorts.repository(ports, wrap(Repository.class, ports.repository()));

    TaskOutcome outcome = world.runner(losing, RunListener.NONE).run(TASK);

    assertThat(outcome).isInstanceOf(TaskOutcome.Delivered.class);
    assertThat(((TaskOutcome.Delivered) outcome).work().commit())
        .contains(world.shop.log(BRANCH_NAME).get(1).id());
  }

  private <T> T wrap(Class<T> port, T real) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (proxy, method, arguments) -> {
              try {
                Object result = method.invoke(real, arguments);
                if (method.getName().equals("push")) {
                  othersPush("theirs.txt", "theirs\n");
                  throw new PortException(FailureKind.UNAVAILABLE, "could not push: hung up");
                }
                return BreakingPort.wrapState(result, this::wrap);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  @Test
  void pushesAndParksNothingOnceItIsCancelled() throws Exception {
    var held = world.commands.hold(MVN.display(), "");
    Running running = begin(world.runner(), TASK);
    assertThat(held.awaitStart(SOON)).isTrue();
    othersPush("theirs.txt", "theirs\n");
    CommitId theirs = world.shop.headOf(BRANCH_NAME).orElseThrow();
    var again = world.commands.hold(MVN.display(), "");
    held.release(0);
    assertThat(again.awaitStart(SOON)).isTrue();

    running.interrupt();

    assertThat(running.outcome()).isInstanceOf(TaskOutcome.Cancelled.class);
    assertThat(world.shop.headOf(BRANCH_NAME)).contains(theirs);
    assertThat(rescued()).isEmpty();
  }

  @Test
  void refusesTheDefaultBranchBeforeAnythingIsDone() throws Exception {
    world = new RunWorld(folder.resolve("other"));
    world.withTask(
        RunWorld.task(
            TASK,
            new BranchName("main"),
            new PlanSource.Structured(DevelopmentPlan.of(RunWorld.run("build")))));

    Failure failure = failure(world.runner().run(TASK));

    assertThat(failure.kind()).isEqualTo(FailureKind.DENIED);
    assertThat(failure.stage()).isEqualTo(Stage.CLONE);
    assertThat(failure.message()).contains("git.allow_default_branch");
    assertThat(world.commands.executed()).isEmpty();
  }

  @Test
  void pushesToTheDefaultBranchWhereThatIsAllowed() throws Exception {
    world = new RunWorld(folder.resolve("other"));
    world.withTask(
        RunWorld.task(
            TASK,
            new BranchName("main"),
            new PlanSource.Structured(DevelopmentPlan.of(write("mine.txt", "mine\n")))));
    var settings = world.settings();
    var allowing = settings.withPush(new RunSettings.PushPolicy(true, settings.push().proposals()));

    TaskOutcome outcome =
        new TaskRunner(world.ports(), allowing, RunListener.NONE, world.clock).run(TASK);

    assertThat(outcome).isInstanceOf(TaskOutcome.Delivered.class);
    assertThat(world.shop.files("main")).containsKey("mine.txt");
  }
}
