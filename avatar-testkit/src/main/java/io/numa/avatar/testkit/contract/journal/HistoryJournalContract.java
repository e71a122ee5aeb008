package io.numa.avatar.testkit.contract.journal;

import static io.numa.avatar.testkit.contract.journal.JournalSamples.OTHER;
import static io.numa.avatar.testkit.contract.journal.JournalSamples.TASK;
import static io.numa.avatar.testkit.contract.journal.JournalSamples.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.journal.EndedTask;
import io.numa.avatar.port.journal.HistoryJournal;
import io.numa.avatar.port.journal.Journal;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskMessage.Announcement;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The tests that every {@link HistoryJournal} must pass. */
public abstract class HistoryJournalContract {
  private static final Instant NOON = Instant.parse("2025-08-03T12:00:00.123Z");
  private static final int ALL = 100;

  private final Attempt attempt = Attempt.of(TASK);
  private final Attempt other = Attempt.of(OTHER);

  /** A journal that was empty when the test began; the same for all of one test. */
  protected abstract Journal journal();

  @Test
  void knowsNoEndedTaskAtFirst() {
    journal().begin(attempt, 1);

    assertThat(journal().ended(ALL)).isEmpty();
    assertThat(journal().has(attempt.id())).isTrue();
    assertThat(journal().has(other.id())).isFalse();
  }

  @Test
  void givesTheTaskThatEndedFirstBeforeTheOthers() {
    journal().begin(attempt, 1);
    journal().begin(other, 1);

    journal().settle(attempt.id(), NOON.plusSeconds(1));
    journal().settle(other.id(), NOON);

    assertThat(journal().ended(ALL))
        .containsExactly(ended(other, NOON), ended(attempt, NOON.plusSeconds(1)));
    assertThat(journal().ended(1)).containsExactly(ended(other, NOON));
    assertThat(journal().has(attempt.id())).isTrue();
  }

  @Test
  void aTaskWithAnOpenAttemptHasNotEnded() {
    journal().begin(attempt, 1);
    journal().settle(attempt.id(), NOON);
    var again = Attempt.of(TASK);

    journal().begin(again, 1);

    assertThat(journal().ended(ALL)).isEmpty();
    assertThat(journal().has(attempt.id())).isTrue();
  }

  @Test
  void aTaskEndsWithItsLastAttempt() {
    var again = Attempt.of(TASK);
    journal().begin(attempt, 1);
    journal().begin(again, 2);

    journal().settle(again.id(), NOON);

    assertThat(journal().ended(ALL))
        .singleElement()
        .satisfies(
            task -> {
              assertThat(task.at()).isEqualTo(NOON);
              assertThat(task.attempts()).containsExactlyInAnyOrder(attempt.id(), again.id());
            });
  }

  @Test
  void endsAnAttemptOnce() {
    journal().begin(attempt, 1);
    journal().settle(attempt.id(), NOON);
    journal().settle(attempt.id(), NOON.plusSeconds(5));
    journal().settle(AttemptId.random(), NOON);

    assertThat(journal().ended(ALL)).containsExactly(ended(attempt, NOON));
  }

  @Test
  void anAttemptThatBeginsAgainEndsAgain() {
    journal().begin(attempt, 1);
    journal().begin(attempt, 1);
    assertThat(journal().ended(ALL)).isEmpty();

    journal().settle(attempt.id(), NOON);
    journal().begin(attempt, 1);
    journal().settle(attempt.id(), NOON.plusSeconds(5));

    assertThat(journal().ended(ALL)).containsExactly(ended(attempt, NOON.plusSeconds(5)));
  }

  @Test
  void forgetsATaskButNotItsMessage() {
    Announcement message = message("m1", TASK);
    journal().accept(List.of(message));
    journal().begin(attempt, 1);
    journal().begin(other, 1);
    journal().settle(attempt.id(), NOON);
    journal().settle(other.id(), NOON);

    journal().forget(ended(attempt, NOON));
    journal().forget(ended(attempt, NOON));

    assertThat(journal().ended(ALL)).containsExactly(ended(other, NOON));
    assertThat(journal().has(attempt.id())).isFalse();
    assertThat(journal().accept(List.of(message))).isEmpty();
    assertThat(journal().waiting()).isEmpty();
  }

  @Test
  void givesNoMoreTasksThanAskedFor() {
    List<Attempt> attempts =
        IntStream.range(0, 7).mapToObj(i -> Attempt.of(new TaskId("t" + i))).toList();
    attempts.forEach(each -> journal().begin(each, 1));
    for (int i = 0; i < 7; i++) {
      journal().settle(attempts.get(i).id(), NOON.plusMillis(i));
    }

    assertThat(journal().ended(3))
        .extracting(EndedTask::task)
        .containsExactly(new TaskId("t0"), new TaskId("t1"), new TaskId("t2"));
  }

  private static EndedTask ended(Attempt attempt, Instant at) {
    return new EndedTask(attempt.task(), at, List.of(attempt.id()));
  }
}
