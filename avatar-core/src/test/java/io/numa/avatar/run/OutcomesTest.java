package io.numa.avatar.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.port.PortException;
import io.numa.avatar.run.report.Cancellation;
import io.numa.avatar.run.report.Cancellation.Cause;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.task.Failure;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.StageFailedException;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskOutcome;
import io.numa.avatar.task.TaskOutcome.Cancelled;
import io.numa.avatar.task.TaskOutcome.Delivered;
import io.numa.avatar.task.TaskOutcome.Failed;
import io.numa.avatar.task.TaskOutcome.NotOurs;
import io.numa.avatar.task.TaskOutcome.Unavailable;
import io.numa.avatar.task.WorkSummary;
import io.numa.avatar.time.Timers;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each case of {@link Outcomes}. */
class OutcomesTest {
  private static final TaskId TASK = new TaskId("7");
  private static final WorkSummary WORK = WorkSummary.NOTHING_YET;
  private static final String KEPT = "stopped, to be continued at the next start";

  private final AttemptProgress progress =
      new AttemptProgress(Clock.systemUTC(), Redactor.of(List.of()));
  private final Cancellation cancellation = new Cancellation(Timers.daemon("timer"));
  private final Outcomes outcomes = new Outcomes(TASK, progress, true);
  private final Outcomes forgetful = new Outcomes(TASK, progress, false);

  @AfterEach
  void clearInterrupt() {
    Thread.interrupted();
  }

  @Test
  void aStageThatCannotGoOnFails() {
    var cause = new StageFailedException(FailureKind.COMMAND_FAILED, "no", OptionalInt.of(3));

    assertThat(outcomes.of(cause, cancellation))
        .isEqualTo(
            new Failed(
                new Failure(Stage.FETCH, FailureKind.COMMAND_FAILED, "no", OptionalInt.of(3)),
                WORK));
  }

  @Test
  void aFailureOfAPortFailsAsItsKindSays() {
    assertThat(outcomes.of(new PortException(FailureKind.DENIED, "no"), cancellation))
        .isEqualTo(failed(FailureKind.DENIED, "no"));
    assertThat(outcomes.of(new PortException(FailureKind.UNAVAILABLE, "no route"), cancellation))
        .isEqualTo(unavailable("no route"));
  }

  @Test
  void aFailureOfAPortOnAnInterruptedThreadIsTheInterrupt() {
    Thread.currentThread().interrupt();

    TaskOutcome outcome =
        outcomes.of(new PortException(FailureKind.UNAVAILABLE, "closed"), cancellation);

    assertThat(outcome).isEqualTo(new Cancelled(KEPT, WORK));
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void aFailureOfTheDiskIsRetryable() {
    assertThat(outcomes.of(new IOException("gone"), cancellation))
        .isEqualTo(unavailable("could not use the workspace: java.io.IOException: gone"));
  }

  @Test
  void aDefectIsToldAsOne() {
    for (Throwable defect : List.of(new IllegalStateException("odd"), new AssertionError("odd"))) {
      assertThat(outcomes.of(defect, cancellation))
          .isEqualTo(failed(FailureKind.INTERNAL, "internal error of the avatar: " + defect));
    }
  }

  @Test
  void anInterruptWithoutACauseIsTheAvatarsOwnStop() {
    assertThat(outcomes.of(new InterruptedException(), cancellation))
        .isEqualTo(new Cancelled(KEPT, WORK));
    assertThat(forgetful.of(new InterruptedException(), cancellation))
        .isEqualTo(new Cancelled("stopped before it was finished", WORK));
  }

  @Test
  void anInterruptByACauseGivesItsReason() {
    for (Cause cause : List.of(Cause.CANCELLED, Cause.TAKEN, Cause.LAPSED)) {
      Cancellation stopped = stopped(cause);
      assertThat(outcomes.of(new InterruptedException(), stopped))
          .isEqualTo(new Cancelled("because", WORK));
    }
  }

  @Test
  void anInterruptWhenTimeIsUpIsATimeout() {
    Cancellation stopped = stopped(Cause.OVERTIME);
    assertThat(outcomes.of(new InterruptedException(), stopped))
        .isEqualTo(failed(FailureKind.TIMEOUT, "because"));
  }

  @Test
  void atTheEndAnAttemptThatWasNotStoppedKeepsItsOutcome() {
    for (TaskOutcome outcome : List.of(new Delivered(WORK), failed(FailureKind.DENIED, "no"))) {
      assertThat(Outcomes.atEnd(outcome, cancellation)).isEqualTo(outcome);
    }
  }

  @Test
  void atTheEndAStopByWhichTheTaskIsStillOursKeepsTheOutcome() {
    var cancelled = new Cancelled("because", WORK);
    for (Cause cause : List.of(Cause.CANCELLED, Cause.OVERTIME)) {
      assertThat(Outcomes.atEnd(cancelled, stopped(cause))).isEqualTo(cancelled);
    }
  }

  @Test
  void atTheEndATaskThatIsNotOursHasNoOutcomeButItsDelivery() {
    for (Cause cause : List.of(Cause.TAKEN, Cause.LAPSED)) {
      assertThat(Outcomes.atEnd(failed(FailureKind.DENIED, "no"), stopped(cause)))
          .isEqualTo(new NotOurs("because"));
      assertThat(Outcomes.atEnd(new Delivered(WORK), stopped(cause)))
          .isEqualTo(new Delivered(WORK));
    }
  }

  @Test
  void onlyALapsedLeaseOrADurableStopLeavesAnAttemptOpen() {
    var cancelled = new Cancelled("because", WORK);
    var notOurs = new NotOurs("because");

    assertThat(outcomes.staysOpen(cancelled, cancellation)).isTrue();
    assertThat(forgetful.staysOpen(cancelled, cancellation)).isFalse();
    assertThat(forgetful.staysOpen(notOurs, stopped(Cause.LAPSED))).isTrue();
    assertThat(outcomes.staysOpen(notOurs, stopped(Cause.TAKEN))).isFalse();
    assertThat(outcomes.staysOpen(cancelled, stopped(Cause.CANCELLED))).isFalse();
    assertThat(outcomes.staysOpen(failed(FailureKind.TIMEOUT, "long"), cancellation)).isFalse();
    assertThat(outcomes.staysOpen(new Delivered(WORK), stopped(Cause.LAPSED))).isFalse();
  }

  private static Cancellation stopped(Cause cause) {
    var stopped = new Cancellation(Timers.daemon("timer"));
    stopped.stop(cause, "because");
    return stopped;
  }

  private static Failed failed(FailureKind kind, String message) {
    return new Failed(new Failure(Stage.FETCH, kind, message), WORK);
  }

  private static Unavailable unavailable(String message) {
    return new Unavailable(new Failure(Stage.FETCH, FailureKind.UNAVAILABLE, message), WORK);
  }
}
