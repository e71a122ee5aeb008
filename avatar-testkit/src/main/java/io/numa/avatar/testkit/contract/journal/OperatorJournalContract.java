package io.numa.avatar.testkit.contract.journal;

import static io.numa.avatar.testkit.contract.journal.JournalSamples.OTHER;
import static io.numa.avatar.testkit.contract.journal.JournalSamples.TASK;
import static io.numa.avatar.testkit.contract.journal.JournalSamples.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.journal.Journal;
import io.numa.avatar.port.journal.OperatorJournal;
import io.numa.avatar.task.TaskMessage.Announcement;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The tests that every {@link OperatorJournal} must pass. */
public abstract class OperatorJournalContract {
  private static final Instant NOON = Instant.parse("2025-08-03T12:00:00.123Z");

  private final Attempt attempt = Attempt.of(TASK);

  /** A journal that was empty when the test began; the same for all of one test. */
  protected abstract Journal journal();

  @Test
  void staysPausedUntilItIsResumed() {
    assertThat(journal().pausedSince()).isEmpty();

    journal().pause(NOON);
    journal().pause(NOON.plusSeconds(5));
    assertThat(journal().pausedSince()).contains(NOON);
    assertThat(journal().openWork().pausedSince()).contains(NOON);

    journal().resume();
    journal().resume();
    assertThat(journal().pausedSince()).isEmpty();
    assertThat(journal().openWork().pausedSince()).isEmpty();
  }

  @Test
  void ordersTheEndOfOneTaskAlone() {
    journal().cancel(TASK);
    journal().cancel(TASK);

    assertThat(journal().isCancelled(TASK)).isTrue();
    assertThat(journal().isCancelled(OTHER)).isFalse();
  }

  @Test
  void forgetsTheOrderWhenAnAttemptIsSettled() {
    journal().begin(attempt, 1);
    journal().cancel(TASK);
    journal().begin(Attempt.of(TASK), 2);
    assertThat(journal().isCancelled(TASK)).isTrue();

    journal().settle(journal().find(TASK).orElseThrow().attempt().id(), NOON);

    assertThat(journal().isCancelled(TASK)).isFalse();
  }

  @Test
  void forgetsTheOrderWhenTheMessageIsRejected() {
    Announcement message = message("m1", TASK);
    journal().accept(List.of(message));
    journal().cancel(TASK);

    journal().reject(message, "it is gone");

    assertThat(journal().isCancelled(TASK)).isFalse();
  }
}
