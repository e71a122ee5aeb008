package io.numa.avatar.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.numa.avatar.plan.DevelopmentPlan;
import io.numa.avatar.plan.PlanProblem;
import io.numa.avatar.plan.PlanSource;
import io.numa.avatar.plan.Step;
import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.port.queue.BridgedQueue;
import io.numa.avatar.port.queue.BridgedTask;
import io.numa.avatar.task.ApplicationId;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskOptions;
import io.numa.avatar.task.TaskState;
import io.numa.avatar.testkit.InMemoryBackend;
import io.numa.avatar.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tests which looks at a task publish it. */
class RoundPublisherTest {
  private static final TaskId ID = new TaskId("a task");
  private static final Task TASK =
      task(
          new PlanSource.Structured(
              DevelopmentPlan.of(new Step.Delete(new WorkspacePath("a"), true))));

  private final ManualClock clock = ManualClock.at("2026-01-02T03:04:05Z");
  private final InMemoryBackend backend = new InMemoryBackend().addTask(TASK);
  private final InMemoryBridgedQueue queue = new InMemoryBridgedQueue(clock);
  private final RoundPublisher one = new RoundPublisher(backend, queue, clock);
  private final RoundPublisher other = new RoundPublisher(backend, queue, clock);

  private static Task task(PlanSource plan) {
    return Task.of(ID, "One", new ApplicationId("7"), new BranchName("dev-1"), plan);
  }

  /** An avatar carries the task out. */
  private void carryOut(TaskState end) {
    setState(end);
    queue.settle(ID);
  }

  private void setState(TaskState state) {
    backend.addTask(TASK.withState(state));
  }

  @Test
  void publishesAReadyTaskOnce() throws InterruptedException {
    assertThat(one.look(ID)).isEqualTo(TaskState.TODO);
    other.look(ID);
    setState(TaskState.IN_PROGRESS);
    one.look(ID);
    carryOut(TaskState.DONE);
    assertThat(other.look(ID)).isEqualTo(TaskState.DONE);
    one.look(ID);

    assertThat(queue.log()).containsExactly("a task plan 1");
  }

  @Test
  void publishesNoTaskThatIsNotReady() throws InterruptedException {
    setState(TaskState.DONE);

    assertThat(one.look(ID)).isEqualTo(TaskState.DONE);
    assertThat(queue.log()).isEmpty();
    assertThat(queue.find(ID)).isEmpty();
  }

  @Test
  void publishesATaskAgainThatWasSetBack() throws InterruptedException {
    one.look(ID);
    carryOut(TaskState.FAILED);
    other.look(ID);
    setState(TaskState.TODO);
    one.look(ID);
    other.look(ID);

    assertThat(queue.log()).containsExactly("a task plan 1", "a task plan 2");
  }

  @Test
  void publishesATaskAgainThatWasSetBackUnseen() throws InterruptedException {
    one.look(ID);
    carryOut(TaskState.DONE);
    setState(TaskState.TODO);
    one.look(ID);
    clock.advance(BridgedQueue.DROPS_REPEATS);
    other.look(ID);

    assertThat(queue.log()).containsExactly("a task plan 1", "a task plan 2");
  }

  /** An avatar has told the last status, and is about to end the task in the queue. */
  @Test
  void publishesATaskThatIsSetBackBeforeItLeavesTheQueue() throws InterruptedException {
    one.look(ID);
    setState(TaskState.FAILED);
    one.look(ID);
    setState(TaskState.TODO);
    one.look(ID);
    queue.settle(ID);
    other.look(ID);

    assertThat(queue.log()).containsExactly("a task plan 1", "a task plan 2");
  }

  @Test
  void publishesWhatABridgeLeftThatWasKilledBefore() throws InterruptedException {
    queue.failToPublish();
    assertThatIllegalStateException().isThrownBy(() -> one.look(ID));
    other.look(ID);

    assertThat(queue.log()).containsExactly("a task plan 1");
  }

  @Test
  void publishesWhatABridgeLeftThatWasKilledLongBefore() throws InterruptedException {
    queue.failToPublish();
    assertThatIllegalStateException().isThrownBy(() -> one.look(ID));
    clock.advance(Duration.ofHours(1));
    one.look(ID);
    other.look(ID);

    assertThat(queue.log()).containsExactly("a task plan 2");
  }

  @Test
  void leavesATaskAmongTheDeadLettersUntilItIsSetBack() throws InterruptedException {
    one.look(ID);
    clock.advance(Duration.ofHours(1));
    queue.bury(ID);
    one.look(ID);
    clock.advance(Duration.ofHours(1));
    one.look(ID);
    assertThat(queue.log()).containsExactly("a task plan 1");

    setState(TaskState.FAILED);
    one.look(ID);
    setState(TaskState.TODO);
    one.look(ID);
    assertThat(queue.log()).containsExactly("a task plan 1", "a task plan 2");
  }

  @Test
  void publishesNothingIfAnotherBridgeWasFaster() throws InterruptedException {
    BridgedQueue late =
        new BridgedQueue() {
          @Override
          public Optional<BridgedTask> find(TaskId task) throws InterruptedException {
            Optional<BridgedTask> before = queue.find(task);
            other.look(ID);
            return before;
          }

          @Override
          public boolean write(TaskId task, BridgedTask now) {
            return queue.write(task, now);
          }

          @Override
          public boolean publish(TaskId task, String route, int round) {
            throw new AssertionError("published twice");
          }

          @Override
          public Place place(TaskId task, Instant since) {
            return queue.place(task, since);
          }
        };

    new RoundPublisher(backend, late, clock).look(ID);

    assertThat(queue.log()).containsExactly("a task plan 1");
  }

  @Test
  void choosesTheRouteByWhatTheTaskNeeds() throws InterruptedException {
    assertThat(route(new PlanSource.Prose("Do it."))).isEqualTo("prose");
    assertThat(route(new PlanSource.Structured(DevelopmentPlan.of(Step.Agent.of("Do it.")))))
        .isEqualTo("prose");
    assertThat(route(new PlanSource.Invalid(List.of(new PlanProblem("", "is empty")))))
        .isEqualTo("plan");
  }

  private String route(PlanSource plan) {
    return Routes.of(plan);
  }

  @Test
  void publishesOnTheRouteThatTheTaskNames() throws InterruptedException {
    backend.addTask(TASK.withOptions(TaskOptions.NONE.withRoute(Optional.of("java-17"))));

    one.look(ID);

    assertThat(queue.log()).containsExactly("a task java-17 1");
  }

  /** So that an avatar reports what is wrong with it. */
  @Test
  void publishesATaskWithErrors() throws InterruptedException {
    backend.addUnfitTask(ID, TaskState.TODO, "title: is missing");

    one.look(ID);

    assertThat(queue.log()).containsExactly("a task plan 1");
  }
}
