package io.numa.avatar.testkit.contract.journal;

import static io.numa.avatar.testkit.contract.Samples.begun;
import static io.numa.avatar.testkit.contract.Samples.done;
import static io.numa.avatar.testkit.contract.journal.JournalSamples.OTHER;
import static io.numa.avatar.testkit.contract.journal.JournalSamples.TASK;
import static io.numa.avatar.testkit.contract.journal.JournalSamples.fresh;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.Lease;
import io.numa.avatar.port.journal.Journal;
import io.numa.avatar.port.journal.JournaledAttempt;
import io.numa.avatar.port.journal.JournaledAttempt.Report;
import io.numa.avatar.port.journal.ReportJournal;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.testkit.contract.Samples;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The tests that every {@link ReportJournal} must pass. */
public abstract class ReportJournalContract {
  private final Attempt attempt = Attempt.of(TASK);
  private final AttemptId unknown = AttemptId.random();

  /** A journal that was empty when the test began; the same for all of one test. */
  protected abstract Journal journal();

  @Test
  void keepsTheLastLease() {
    var first = attempt.withLease(new Lease(Duration.ofSeconds(30), Optional.empty()));
    var second = attempt.withLease(new Lease(Duration.ofMillis(1_500), Optional.of("e-7 ü")));
    journal().begin(attempt, 1);

    journal().claimed(first);
    journal().claimed(second);

    assertThat(journal().find(TASK))
        .contains(new JournaledAttempt(second, 1, true, List.of(), Optional.empty(), false, 0));
  }

  @Test
  void keepsAClaimWithoutALease() {
    journal().begin(attempt, 1);

    journal().claimed(attempt);

    assertThat(journal().find(TASK))
        .contains(new JournaledAttempt(attempt, 1, true, List.of(), Optional.empty(), false, 0));
  }

  @Test
  void keepsStatusesByTheirNumber() {
    journal().begin(attempt, 1);

    journal().announce(attempt.id(), begun(10), 400);
    journal().announce(attempt.id(), begun(9), 20);
    journal().announce(attempt.id(), done(11), 5_000_000_000L);

    assertThat(reports())
        .containsExactly(
            new Report(begun(9), 20, false),
            new Report(begun(10), 400, false),
            new Report(done(11), 5_000_000_000L, false));
  }

  @Test
  void keepsEveryFieldOfAStatus() {
    journal().begin(attempt, 1);

    journal().announce(attempt.id(), Samples.everything(1), 0);

    assertThat(reports()).containsExactly(new Report(Samples.everything(1), 0, false));
  }

  @Test
  void keepsAStatusOnceThatIsNotedTwice() {
    journal().begin(attempt, 1);
    journal().announce(attempt.id(), begun(1), 7);
    journal().told(attempt.id(), 1);

    journal().announce(attempt.id(), begun(1), 7);

    assertThat(reports()).containsExactly(new Report(begun(1), 7, true));
  }

  @Test
  void keepsTheFirstOutcome() {
    journal().begin(attempt, 1);
    journal().announce(attempt.id(), done(2), 7);

    journal().announce(attempt.id(), Samples.everything(2), 8);
    journal().announce(attempt.id(), Samples.everything(3), 9);
    journal().announce(attempt.id(), begun(4), 10);

    assertThat(reports()).containsExactly(new Report(done(2), 7, false));
    assertThat(journal().find(TASK)).get().returns(true, JournaledAttempt::ended);
  }

  @Test
  void knowsWhatTheBackendWasTold() {
    journal().begin(attempt, 1);
    journal().announce(attempt.id(), begun(1), 0);
    journal().announce(attempt.id(), begun(2), 5);

    journal().told(attempt.id(), 1);
    journal().told(attempt.id(), 1);
    journal().told(attempt.id(), 99);

    assertThat(reports())
        .containsExactly(new Report(begun(1), 0, true), new Report(begun(2), 5, false));
  }

  @Test
  void knowsHowMuchOfTheLogTheBackendHas() {
    journal().begin(attempt, 1);

    journal().acknowledged(attempt.id(), 17);
    journal().acknowledged(attempt.id(), 5_000_000_000L);

    assertThat(journal().find(TASK)).get().returns(5_000_000_000L, JournaledAttempt::acknowledged);
  }

  /** A backend may have lost some of the log; the journal then accepts a lower offset. */
  @Test
  void takesAnOffsetBack() {
    journal().begin(attempt, 1);
    journal().acknowledged(attempt.id(), 17);

    journal().acknowledged(attempt.id(), 4);

    assertThat(journal().find(TASK)).get().returns(4L, JournaledAttempt::acknowledged);
  }

  @Test
  void doesNothingToAnAttemptItDoesNotHold() {
    journal().begin(attempt, 1);

    journal().claimed(Attempt.of(OTHER));
    journal().announce(unknown, begun(1), 0);
    journal().acknowledged(unknown, 5);
    journal().told(unknown, 1);

    assertThat(journal().open()).containsExactly(fresh(attempt, 1));
  }

  private List<Report> reports() {
    return journal().find(TASK).orElseThrow().reports();
  }
}
