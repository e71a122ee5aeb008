package io.numa.avatar.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.port.PortException;
import io.numa.avatar.run.Hold.Loss;
import io.numa.avatar.task.Failure;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.Stage;
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

/** Each row of the table. */
class OutcomesTest {
  private static final TaskId TASK = new TaskId("7");
  private static final WorkSummary WORK = WorkSummary.NOTHING_YET;
  private static final String KEPT = "stopped, to be taken up again at the next start";

  private final Course course = new Course(Clock.systemUTC(), Redactor.of(List.of()));
  private final Hold hold = new Hold(Timers.daemon("timer"));
  private final Outcomes outcomes = new Outcomes(TASK, course, true);
  private final Outcomes forgetful = new Outcomes(TASK, course, false);

  @AfterEach
  void clearInterrupt() {
    Thread.interrupted();
  }

  @Test
  void aStageThatCannotGoOnFails() {
    var cause = new StoppedException(FailureKind.COMMAND_FAILED, "no", OptionalInt.of(3));

    assertThat(outcomes.of(cause, hold))
        .isEqualTo(
            new Failed(
                new Failure(Stage.FETCH, FailureKind.COMMAND_FAILED, "no", OptionalInt.of(3)),
                WORK));
  }

  @Test
  void aFailureOfAPortFailsAsItsKindSays() {
    assertThat(outcomes.of(new PortException(FailureKind.DENIED, "no"), hold))
        .isEqualTo(failed(FailureKind.DENIED, "no"));
    assertThat(outcomes.of(new PortException(FailureKind.UNAVAILABLE, "no route"), hold))
        .isEqualTo(unavailable("no route"));
  }

  @Test
  void aFailureOfAPortOnAnInterruptedThreadIsTheInterrupt() {
    Thread.currentThread().interrupt();

    TaskOutcome outcome = outcomes.of(new PortException(FailureKind.UNAVAILABLE, "closed"), hold);

    assertThat(outcome).isEqualTo(new Cancelled(KEPT, WORK));
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void aFailureOfTheDiskIsRetryable() {
    assertThat(outcomes.of(new IOException("gone"), hold))
        .isEqualTo(unavailable("could not use the workspace: java.io.IOException: gone"));
  }

  @Test
  void aDefectIsToldAsOne() {
    for (Throwable defect : List.of(new IllegalStateException("odd"), new AssertionError("odd"))) {
      assertThat(outcomes.of(defect, hold))
          .isEqualTo(failed(FailureKind.INTERNAL, "the avatar has a defect: " + defect));
    }
  }

  @Test
  void anInterruptWithoutALossIsTheAvatarsOwnStop() {
    assertThat(outcomes.of(new InterruptedException(), hold)).isEqualTo(new Cancelled(KEPT, WORK));
    assertThat(forgetful.of(new InterruptedException(), hold))
        .isEqualTo(new Cancelled("stopped before it was finished", WORK));
  }

  @Test
  void anInterruptByALossGivesItsReason() {
    for (Loss loss : List.of(Loss.CANCELLED, Loss.TAKEN, Loss.LAPSED)) {
      Hold lost = lost(loss);
      assertThat(outcomes.of(new InterruptedException(), lost))
          .isEqualTo(new Cancelled("because", WORK));
    }
  }

  @Test
  void anInterruptWhenTimeIsUpIsATimeout() {
    Hold lost = lost(Loss.OVERTIME);
    assertThat(outcomes.of(new InterruptedException(), lost))
        .isEqualTo(failed(FailureKind.TIMEOUT, "because"));
  }

  @Test
  void atTheEndAnAttemptWithoutALossKeepsItsOutcome() {
    for (TaskOutcome outcome : List.of(new Delivered(WORK), failed(FailureKind.DENIED, "no"))) {
      assertThat(Outcomes.atEnd(outcome, hold)).isEqualTo(outcome);
    }
  }

  @Test
  void atTheEndALossByWhichTheTaskIsStillOursKeepsTheOutcome() {
    var cancelled = new Cancelled("because", WORK);
    for (Loss loss : List.of(Loss.CANCELLED, Loss.OVERTIME)) {
      assertThat(Outcomes.atEnd(cancelled, lost(loss))).isEqualTo(cancelled);
    }
  }

  @Test
  void atTheEndATaskThatIsNotOursHasNoOutcomeButItsDelivery() {
    for (Loss loss : List.of(Loss.TAKEN, Loss.LAPSED)) {
      assertThat(Outcomes.atEnd(failed(FailureKind.DENIED, "no"), lost(loss)))
          .isEqualTo(new NotOurs("because"));
      assertThat(Outcomes.atEnd(new Delivered(WORK), lost(loss))).isEqualTo(new Delivered(WORK));
    }
  }

  @Test
  void onlyALapsedLeaseOrADurableStopLeavesAnAttemptOpen() {
    var cancelled = new Cancelled("because", WORK);
    var notOurs = new NotOurs("because");

    assertThat(outcomes.staysOpen(cancelled, hold)).isTrue();
    assertThat(forgetful.staysOpen(cancelled, hold)).isFalse();
    assertThat(forgetful.staysOpen(notOurs, lost(Loss.LAPSED))).isTrue();
    assertThat(outcomes.staysOpen(notOurs, lost(Loss.TAKEN))).isFalse();
    assertThat(outcomes.staysOpen(cancelled, lost(Loss.CANCELLED))).isFalse();
    assertThat(outcomes.staysOpen(failed(FailureKind.TIMEOUT, "long"), hold)).isFalse();
    assertThat(outcomes.staysOpen(new Delivered(WORK), lost(Loss.LAPSED))).isFalse();
  }

  private static Hold lost(Loss loss) {
    var lost = new Hold(Timers.daemon("timer"));
    lost.lose(loss, "because");
    return lost;
  }

  private static Failed failed(FailureKind kind, String message) {
    return new Failed(new Failure(Stage.FETCH, kind, message), WORK);
  }

  private static Unavailable unavailable(String message) {
    return new Unavailable(new Failure(Stage.FETCH, FailureKind.UNAVAILABLE, message), WORK);
  }
}
