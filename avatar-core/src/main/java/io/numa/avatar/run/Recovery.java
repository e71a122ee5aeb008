package io.numa.avatar.run;

import io.numa.avatar.port.JournaledAttempt;
import io.numa.avatar.port.PendingPush;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.StatusUpdate;
import io.numa.avatar.port.TaskTakenException;
import io.numa.avatar.task.Application;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.task.Failure;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.TaskOutcome;
import io.numa.avatar.task.TaskState;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Finishes, or clears the way for another try of, an attempt that an earlier life of the avatar has
 * begun: what it left running is ended, what it pushed is looked for on the remote, and what it had
 * to say is said.
 */
final class Recovery {
  private static final String AWAY = "cancelled while the avatar was away";
  private static final String RESTARTED = "the avatar was restarted";

  private final RunEnvironment environment;
  private final JournaledAttempt earlier;
  private final TaskState now;
  private final Optional<Task> task;
  private final Runnable workOver;

  /**
   * @param earlier a claimed one
   * @param now where the backend says that the task stands
   * @param task as far as it can be read
   * @param workOver is called when nothing is left to do but to tell
   */
  Recovery(
      RunEnvironment environment,
      JournaledAttempt earlier,
      TaskState now,
      Optional<Task> task,
      Runnable workOver) {
    this.environment = environment;
    this.earlier = earlier;
    this.now = now;
    this.task = task;
    this.workOver = workOver;
  }

  /** Gives what became of the task; empty if it is to be tried again. */
  Optional<TaskOutcome> run() throws InterruptedException {
    clearAway();
    if (isOver(now) && (!earlier.ended() || allTold())) {
      return now == TaskState.CANCELLED && !earlier.ended()
          ? conclude(course -> new TaskOutcome.Cancelled(AWAY, course.work()))
          : dropped("its status is " + now + " by now");
    }
    if (earlier.ended()) {
      return finish();
    }
    Optional<CommitId> pushed;
    try {
      pushed = findPushed();
    } catch (PortException e) {
      if (e.retryable()) {
        throw e;
      }
      return conclude(course -> course.failed(e.kind(), e.getMessage(), OptionalInt.empty()));
    }
    if (pushed.isPresent()) {
      return conclude(pushed.get());
    }
    return earlier.number() < environment.settings().attempts().max()
        ? tellTheRest()
        : conclude(this::exhausted);
  }

  private void clearAway() throws InterruptedException {
    environment.ports().commands().endLeftovers(earlier.attempt().id());
    environment.ports().repository().discard(environment.home(earlier.attempt()));
  }

  private static boolean isOver(TaskState state) {
    return state != TaskState.TODO && state != TaskState.IN_PROGRESS;
  }

  /** Whether the backend has all but the last status, and so perhaps that one, too. */
  private boolean allTold() {
    return earlier.reports().stream()
        .filter(report -> report.update().finishedAt().isEmpty())
        .allMatch(JournaledAttempt.Report::told);
  }

  private Optional<CommitId> findPushed() throws InterruptedException {
    if (earlier.push().isEmpty()) {
      return Optional.empty();
    }
    PendingPush push = earlier.push().get();
    return earlier.pushed()
        ? Optional.of(push.commit())
        : environment.ports().repository().findPushed(earlier.attempt(), push);
  }

  /** Does what is still to be done once a commit is on the remote. */
  private Optional<TaskOutcome> conclude(CommitId pushed) throws InterruptedException {
    Optional<Application> application =
        task.isPresent() && Proposal.isWanted(environment)
            ? Optional.of(environment.ports().tasks().application(task.get().application()))
            : Optional.empty();
    try (var execution = Execution.resume(environment, earlier, !isOver(now))) {
      execution.say(RESTARTED);
      Course course = execution.course();
      course.committed(pushed);
      if (application.isPresent()) {
        new Proposal(environment, earlier.attempt(), execution::say)
            .make(task.orElseThrow(), application.get(), course);
      }
      return concluded(execution, new TaskOutcome.Delivered(course.work()));
    } catch (TaskTakenException e) {
      return dropped(e.getMessage());
    }
  }

  private TaskOutcome exhausted(Course course) {
    return course.failed(
        FailureKind.INTERRUPTED,
        "the avatar was stopped in the midst of it, at each of " + earlier.number() + " attempts",
        OptionalInt.empty());
  }

  private interface Ending {
    TaskOutcome of(Course course);
  }

  private Optional<TaskOutcome> conclude(Ending ending) throws InterruptedException {
    try (var execution = Execution.resume(environment, earlier, !isOver(now))) {
      execution.say(RESTARTED);
      return concluded(execution, ending.of(execution.course()));
    } catch (TaskTakenException e) {
      return dropped(e.getMessage());
    }
  }

  private Optional<TaskOutcome> concluded(Execution execution, TaskOutcome outcome) {
    execution.conclude(outcome, workOver);
    return Optional.of(outcome);
  }

  /** Tells what is left to tell of an attempt that has an outcome. */
  private Optional<TaskOutcome> finish() throws InterruptedException {
    workOver.run();
    try (var execution = Execution.resume(environment, earlier, !isOver(now))) {
      if (execution.tellTheRest()) {
        execution.settle();
      }
      return Optional.of(outcome(earlier.latest().orElseThrow()));
    } catch (TaskTakenException e) {
      return dropped(e.getMessage());
    }
  }

  private static TaskOutcome outcome(StatusUpdate last) {
    Optional<Failure> failure = last.failure();
    if (failure.isPresent()) {
      return TaskOutcome.of(failure.get(), last.work());
    }
    return last.state() == TaskState.DONE
        ? new TaskOutcome.Delivered(last.work())
        : new TaskOutcome.Cancelled(last.message(), last.work());
  }

  /** Tells what is left to tell of an attempt that has none, before the next one begins. */
  private Optional<TaskOutcome> tellTheRest() throws InterruptedException {
    try (var execution = Execution.resume(environment, earlier, !isOver(now))) {
      execution.say("the avatar was restarted in the midst of this attempt; another one follows");
      return execution.tellTheRest()
          ? Optional.empty()
          : Optional.of(new TaskOutcome.NotOurs(Reports.TAKEN));
    } catch (TaskTakenException e) {
      return dropped(e.getMessage());
    }
  }

  private Optional<TaskOutcome> dropped(String reason) {
    environment.journal().settle(earlier.attempt().id());
    return Optional.of(new TaskOutcome.NotOurs(reason));
  }
}
