package io.numa.avatar.run;

import io.numa.avatar.port.PortException;
import io.numa.avatar.port.StatusUpdate;
import io.numa.avatar.port.TaskTakenException;
import io.numa.avatar.port.journal.AgentSpending;
import io.numa.avatar.port.journal.JournaledAttempt;
import io.numa.avatar.port.repository.PendingPush;
import io.numa.avatar.run.history.PatchFile;
import io.numa.avatar.run.report.LeaseKeeper;
import io.numa.avatar.run.report.RunningWork;
import io.numa.avatar.task.Application;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.task.Failure;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.TaskOutcome;
import io.numa.avatar.task.TaskState;
import io.numa.avatar.task.agent.KeptPatch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finishes, or prepares to retry, an attempt left by a previous process: ends the commands that
 * still run, looks on the remote for its commit, and sends the reports that the backend does not
 * have.
 */
final class Recovery {
  private static final Logger log = LoggerFactory.getLogger(Recovery.class);

  private static final String AWAY = "cancelled while the avatar was away";
  private static final String RESTARTED = "the avatar was restarted";

  private final RunEnvironment environment;
  private final JournaledAttempt earlier;
  private final FetchedTask task;
  private final WorkPermit permit;
  private Optional<KeptPatch> kept = Optional.empty();

  /**
   * @param earlier the attempt, which was claimed
   * @param task its task, as just fetched from the backend
   * @param permit is released when only reports remain to be sent
   */
  Recovery(
      RunEnvironment environment, JournaledAttempt earlier, FetchedTask task, WorkPermit permit) {
    this.environment = environment;
    this.earlier = earlier;
    this.task = task;
    this.permit = permit;
  }

  /** Returns the task's outcome; empty if the caller has to make another attempt. */
  Optional<TaskOutcome> run() throws InterruptedException {
    clearAway();
    TaskState now = task.state();
    if (isOver() && (!earlier.ended() || allButLastSent())) {
      return now == TaskState.CANCELLED && !earlier.ended()
          ? conclude(progress -> new TaskOutcome.Cancelled(AWAY, progress.work()))
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
      return conclude(progress -> progress.failed(e.kind(), e.getMessage(), OptionalInt.empty()));
    }
    if (pushed.isPresent()) {
      return conclude(pushed.get());
    }
    if (environment.journal().isCancelled(earlier.attempt().task())) {
      return conclude(progress -> new TaskOutcome.Cancelled(RunningWork.STOPPED, progress.work()));
    }
    if (failsAlike()) {
      return conclude(this::failedAlike);
    }
    return earlier.number() < environment.settings().attempts().max()
        ? sendRest()
        : conclude(this::exhausted);
  }

  private void clearAway() throws InterruptedException {
    environment.ports().commands().endLeftovers(earlier.attempt().id());
    if (!earlier.ended() && hadAgent()) {
      keepChange();
    }
    environment.ports().repository().discard(environment.home(earlier.attempt()));
    environment.tidyHomes(earlier.attempt().task());
  }

  private boolean hadAgent() {
    return environment.journal().spending(earlier.attempt().task()).stream()
        .anyMatch(spent -> spent.attempt().equals(earlier.attempt().id()));
  }

  /** Keeps what an agent had changed; the next attempt gets it as information. */
  private void keepChange() {
    PatchFile file = environment.patch(earlier.attempt());
    Path home = environment.home(earlier.attempt());
    long largestFile = environment.settings().guard().maxFileSize();
    try {
      file.write(out -> environment.ports().repository().writeLeftChange(home, largestFile, out));
      kept = file.find();
    } catch (IOException | PortException e) {
      log.warn("The change of task {} is not kept: {}", earlier.attempt().task(), e.toString());
    }
  }

  private boolean isOver() {
    return task.state() != TaskState.TODO && task.state() != TaskState.IN_PROGRESS;
  }

  /**
   * Whether the backend has all statuses before the last one. It may then have the last one, too.
   */
  private boolean allButLastSent() {
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

  /** Proposes and reports a commit that is already on the remote. */
  private Optional<TaskOutcome> conclude(CommitId pushed) throws InterruptedException {
    Optional<Application> application =
        task.task().isPresent() && Proposal.isWanted(environment)
            ? Optional.of(environment.ports().tasks().application(task.task().get().application()))
            : Optional.empty();
    return resume(
        session -> {
          session.say(RESTARTED);
          AttemptProgress progress = session.progress();
          progress.committed(pushed);
          if (application.isPresent()) {
            new Proposal(environment, earlier.attempt(), session::say)
                .make(task.task().orElseThrow(), application.get(), progress);
          }
          return concluded(session, new TaskOutcome.Delivered(progress.work()));
        });
  }

  /** Whether this attempt and one before it had the same failure when they were stopped. */
  private boolean failsAlike() {
    Set<String> before = new HashSet<>();
    Set<String> last = new HashSet<>();
    for (AgentSpending spent : environment.journal().spending(earlier.attempt().task())) {
      Set<String> failures = spent.attempt().equals(earlier.attempt().id()) ? last : before;
      spent.failure().ifPresent(failures::add);
    }
    return !Collections.disjoint(before, last);
  }

  private TaskOutcome failedAlike(AttemptProgress progress) {
    kept.ifPresent(progress::kept);
    return progress.failed(
        FailureKind.AGENT_LOOP,
        "two attempts came to the same failure, so no further one is made",
        OptionalInt.empty());
  }

  private TaskOutcome exhausted(AttemptProgress progress) {
    kept.ifPresent(progress::kept);
    return progress.failed(
        FailureKind.INTERRUPTED,
        "the avatar was stopped during each of " + earlier.number() + " attempts",
        OptionalInt.empty());
  }

  private Optional<TaskOutcome> conclude(Function<AttemptProgress, TaskOutcome> ending)
      throws InterruptedException {
    return resume(
        session -> {
          session.say(RESTARTED);
          return concluded(session, ending.apply(session.progress()));
        });
  }

  private Optional<TaskOutcome> concluded(AttemptSession session, TaskOutcome outcome) {
    session.conclude(outcome, permit);
    return Optional.of(outcome);
  }

  /** Sends the remaining reports of an attempt that has an outcome. */
  private Optional<TaskOutcome> finish() throws InterruptedException {
    permit.release();
    return resume(
        session -> {
          if (session.sendRest()) {
            session.settle();
          }
          return Optional.of(outcome(earlier.latest().orElseThrow()));
        });
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

  /**
   * Sends the remaining reports of an attempt without an outcome, before the next attempt begins.
   */
  private Optional<TaskOutcome> sendRest() throws InterruptedException {
    return resume(
        session -> {
          session.say("the avatar was restarted during this attempt; another one follows");
          kept.ifPresent(patch -> session.say("the change is kept: " + patch.path()));
          return session.sendRest()
              ? Optional.empty()
              : Optional.of(new TaskOutcome.NotOurs(LeaseKeeper.TAKEN));
        });
  }

  private interface SessionWork {
    Optional<TaskOutcome> in(AttemptSession session) throws InterruptedException;
  }

  /** Resumes the attempt, unless another avatar has the task. */
  private Optional<TaskOutcome> resume(SessionWork work) throws InterruptedException {
    try (var session = AttemptSession.resume(environment, earlier, !isOver())) {
      return work.in(session);
    } catch (TaskTakenException e) {
      return dropped(e.getMessage());
    }
  }

  private Optional<TaskOutcome> dropped(String reason) {
    environment.journal().settle(earlier.attempt().id(), environment.clock().instant());
    return Optional.of(new TaskOutcome.NotOurs(reason));
  }
}
