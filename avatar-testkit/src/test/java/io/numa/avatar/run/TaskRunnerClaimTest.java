package io.numa.avatar.run;

import static io.numa.avatar.run.RunWorld.BRANCH;
import static io.numa.avatar.run.RunWorld.TASK;
import static io.numa.avatar.run.RunWorld.run;
import static io.numa.avatar.run.RunWorld.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.InvalidTaskException;
import io.numa.avatar.port.Lease;
import io.numa.avatar.port.LogChunk;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.StatusReporter;
import io.numa.avatar.port.StatusUpdate;
import io.numa.avatar.port.UnauthorizedException;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.AvatarId;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.TaskOutcome;
import io.numa.avatar.task.TaskState;
import io.numa.avatar.testkit.InMemoryBackend;
import io.numa.avatar.testkit.InMemoryBackend.Call;
import io.numa.avatar.testkit.InMemoryBackend.Event;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TaskRunnerClaimTest {
  private static final AvatarId ANOTHER = new AvatarId("another");

  @TempDir Path folder;
  private RunWorld world;

  @BeforeEach
  void prepare() {
    world = new RunWorld(folder).withSteps(write("login.txt", ""), run("build"));
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "TODO")
  void leavesATaskThatIsNotReady(TaskState state) throws Exception {
    world.backend.addTask(inState(state));

    TaskOutcome outcome = world.runner().run(TASK);

    assertThat(outcome).isEqualTo(new TaskOutcome.NotOurs("its status is " + state + ", not TODO"));
    assertLeftNoTrace();
    assertThat(world.backend.calls(Call.REPORT)).isZero();
  }

  @Test
  void leavesAnUnfitTaskThatIsNotReady() throws Exception {
    world.backend.addUnfitTask(TASK, TaskState.DONE, "title: is missing");

    TaskOutcome outcome = world.runner().run(TASK);

    assertThat(outcome)
        .isEqualTo(
            new TaskOutcome.NotOurs(
                new InvalidTaskException(TASK, TaskState.DONE, List.of("title: is missing"))
                    .getMessage()));
    assertLeftNoTrace();
  }

  @Test
  void leavesATaskThatAnotherAvatarTookFirst() throws Exception {
    world.backend.giveTo(ANOTHER, TASK);

    TaskOutcome outcome = world.runner().run(TASK);

    assertThat(outcome).isInstanceOf(TaskOutcome.NotOurs.class);
    assertLeftNoTrace();
    assertThat(world.backend.calls(Call.REPORT)).isOne();
    assertThat(world.backend.calls(Call.APPEND)).isZero();
  }

  @Test
  void doesNothingForATaskThatItCannotFetch() {
    var failure = new PortException(FailureKind.UNAVAILABLE, "could not reach the backend");
    world.backend.failNext(Call.TASK, failure);

    assertThatThrownBy(() -> world.runner().run(TASK)).isSameAs(failure);

    assertThat(world.backend.events(TASK)).isEmpty();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void doesNothingForATaskThatItCannotClaim() throws Exception {
    var failure = new PortException(FailureKind.UNAVAILABLE, "could not reach the backend");
    world.backend.failNext(Call.REPORT, failure);

    assertThatThrownBy(() -> world.runner().run(TASK)).isSameAs(failure);

    assertLeftNoTrace();
  }

  @Test
  void saysThatItMayNotClaim() throws Exception {
    var refusal = new UnauthorizedException("could not report: the token was refused");
    world.backend.failNext(Call.REPORT, refusal);

    assertThatThrownBy(() -> world.runner().run(TASK)).isSameAs(refusal);

    assertLeftNoTrace();
  }

  @Test
  void worksOnATaskThatItCouldNotClaimAtFirst() throws Exception {
    TaskRunner runner = world.runner();
    world.backend.failNext(
        Call.REPORT, new PortException(FailureKind.UNAVAILABLE, "could not reach the backend"));
    assertThatThrownBy(() -> runner.run(TASK)).isInstanceOf(PortException.class);

    TaskOutcome outcome = runner.run(TASK);

    assertThat(outcome).isInstanceOf(TaskOutcome.Delivered.class);
    assertThat(world.backend.states(TASK)).endsWith(TaskState.DONE);
  }

  @Test
  void goesOnWithAClaimWhoseAnswerWasLost() throws Exception {
    var lossy = new LosingFirstAnswer(world.backend);
    TaskRunner runner = runnerWith(lossy);
    assertThatThrownBy(() -> runner.run(TASK)).isInstanceOf(PortException.class);
    assertThat(world.backend.task(TASK).state()).isEqualTo(TaskState.IN_PROGRESS);

    TaskOutcome outcome = runner.run(TASK);

    assertThat(outcome).isInstanceOf(TaskOutcome.Delivered.class);
    assertThat(lossy.attempts).hasSizeGreaterThan(2).containsOnly(lossy.attempts.get(0));
    assertThat(world.shop.branches()).contains(BRANCH.value());
  }

  @Test
  void doesNotGoOnWithAClaimThatFailedForGood() throws Exception {
    TaskRunner runner = world.runner();
    var failure = new PortException(FailureKind.INTERNAL, "could not report: answered 422");
    world.backend.failNext(Call.REPORT, failure);
    assertThatThrownBy(() -> runner.run(TASK)).isSameAs(failure);
    world.backend.addTask(inState(TaskState.IN_PROGRESS));

    TaskOutcome outcome = runner.run(TASK);

    assertThat(outcome).isEqualTo(new TaskOutcome.NotOurs("its status is IN_PROGRESS, not TODO"));
    assertLeftNoTrace();
  }

  @Test
  void anotherAvatarDoesNotGoOnWithThatClaim() throws Exception {
    TaskRunner runner = runnerWith(new LosingFirstAnswer(world.backend));
    assertThatThrownBy(() -> runner.run(TASK)).isInstanceOf(PortException.class);

    TaskOutcome outcome = world.runner().run(TASK);

    assertThat(outcome).isInstanceOf(TaskOutcome.NotOurs.class);
  }

  @Test
  void carriesTheLeaseOfItsClaimInAllThatItTellsLater() throws Exception {
    world.backend.withLease(Duration.ofMinutes(5));

    world.runner().run(TASK);

    List<Optional<Lease>> leases =
        world.backend.events(TASK).stream()
            .map(
                event ->
                    event instanceof Event.Logged logged
                        ? logged.attempt().lease()
                        : ((Event.Reported) event).attempt().lease())
            .toList();
    assertThat(leases.get(0)).isEmpty();
    assertThat(leases.subList(1, leases.size()))
        .containsOnly(Optional.of(new Lease(Duration.ofMinutes(5), Optional.of("1"))));
  }

  @Test
  void runsATaskAgainThatIsReadyAgainAsAnotherAttempt() throws Exception {
    TaskRunner runner = world.runner();
    runner.run(TASK);
    AttemptId first = attempt();
    world.withSteps(write("login.txt", "again\n"));

    TaskOutcome outcome = runner.run(TASK);

    assertThat(outcome).isInstanceOf(TaskOutcome.Delivered.class);
    assertThat(attempt()).isNotEqualTo(first);
    assertThat(world.filesLeft()).hasSize(2);
  }

  private AttemptId attempt() {
    return ((Event.Reported) world.backend.events(TASK).get(0)).attempt().id();
  }

  private Task inState(TaskState state) throws InterruptedException {
    return world.backend.task(TASK).withState(state);
  }

  private TaskRunner runnerWith(StatusReporter reporter) {
    Ports ports = world.ports();
    return world.runner(OtherPorts.reporter(ports, reporter), RunListener.NONE);
  }

  private void assertLeftNoTrace() throws Exception {
    assertThat(world.backend.events(TASK)).isEmpty();
    assertThat(world.filesLeft()).isEmpty();
    assertThat(world.commands.executed()).isEmpty();
    assertThat(world.shop.branches()).containsExactly("main");
  }

  /** A connection to the backend that loses the first answer. */
  private static final class LosingFirstAnswer implements StatusReporter {
    private final InMemoryBackend backend;
    private final List<AttemptId> attempts = new ArrayList<>();

    LosingFirstAnswer(InMemoryBackend backend) {
      this.backend = backend;
    }

    @Override
    public Optional<Lease> report(Attempt attempt, StatusUpdate update)
        throws InterruptedException {
      attempts.add(attempt.id());
      Optional<Lease> lease = backend.report(attempt, update);
      if (attempts.size() == 1) {
        throw new PortException(FailureKind.UNAVAILABLE, "could not report: connection reset");
      }
      return lease;
    }

    @Override
    public void append(Attempt attempt, LogChunk chunk) throws InterruptedException {
      backend.append(attempt, chunk);
    }
  }
}
