package io.numa.avatar.backend.internal.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.journal.Journal;
import io.numa.avatar.run.InMemoryJournal;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskMessage;
import io.numa.avatar.task.TaskMessage.Announcement;
import io.numa.avatar.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tests which polls show a new round of a task that the backend shows as ready. */
final class RoundsTest {
  private static final TaskId TASK = new TaskId("5");

  private final ManualClock clock = ManualClock.at("2026-01-02T03:04:05Z");
  private final Journal journal = new InMemoryJournal();
  private Rounds rounds = new Rounds(journal, clock);

  @Test
  void isOneRoundUntilItIsAccepted() {
    assertThat(shown()).contains("5#1");
    assertThat(shown()).contains("5#1");
  }

  @Test
  void isUnderWayWhileItWaits() {
    accept();

    assertThat(shown()).isEmpty();
  }

  @Test
  void isUnderWayWhileItIsWorkedOn() {
    accept();
    journal.begin(Attempt.of(TASK), 1);

    assertThat(shown()).isEmpty();
  }

  @Test
  void isANewRoundOnceTheBackendHadTheLastStatus() {
    accept();
    work();

    assertThat(shown()).contains("5#2");
  }

  /** The list may have been read before the last status arrived. */
  @Test
  void isNoNewRoundInAPollThatBeganBefore() {
    accept();
    Attempt attempt = Attempt.of(TASK);
    journal.begin(attempt, 1);
    Rounds.Poll before = rounds.begin();
    journal.settle(attempt.id(), Instant.EPOCH);
    clock.advance(Duration.ofMinutes(1));

    assertThat(before.ready(TASK)).isEmpty();
    assertThat(rounds.begin().ready(TASK)).isPresent();
  }

  @Test
  void isNoNewRoundInAPollThatBeganWhileItWaited() {
    accept();
    Rounds.Poll before = rounds.begin();
    work();

    assertThat(before.ready(TASK)).isEmpty();
  }

  /** A process that ends at any moment leaves the journal, which the next one reads. */
  @Test
  void isNeitherRepeatedNorLostByARestart() {
    restart();
    assertThat(shown()).contains("5#1");
    restart();
    accept();
    restart();
    assertThat(shown()).isEmpty();
    Attempt attempt = Attempt.of(TASK);
    journal.begin(attempt, 1);
    restart();
    assertThat(shown()).isEmpty();
    journal.settle(attempt.id(), Instant.EPOCH);
    restart();
    assertThat(shown()).contains("5#2");
  }

  @Test
  void isANewRoundAfterARejectionButNotAtOnce() {
    accept();
    journal.reject(message(), "it was begun by another");
    assertThat(shown()).isEmpty();

    clock.advance(Duration.ofSeconds(5));

    assertThat(shown()).contains("5#2");
  }

  @Test
  void comesBackMoreAndMoreSeldomWhileItComesToNothing() {
    int announced = 0;
    for (int second = 0; second < 3600; second++) {
      clock.advance(Duration.ofSeconds(1));
      Optional<Announcement> message = rounds.begin().ready(TASK);
      if (message.isPresent()) {
        announced++;
        journal.accept(List.<TaskMessage>of(message.get()));
        journal.reject(message.get(), "the backend lists it, and does not give it");
      }
    }

    assertThat(announced).isBetween(10, 20);
  }

  @Test
  void tellsTheTasksApart() {
    accept();

    assertThat(rounds.begin().ready(new TaskId("6")))
        .hasValueSatisfying(message -> assertThat(message.id()).hasToString("6#1"));
  }

  private Optional<String> shown() {
    return rounds.begin().ready(TASK).map(message -> message.id().value());
  }

  private Announcement message() {
    return new Announcement(new io.numa.avatar.task.MessageId("5#1"), TASK);
  }

  private void accept() {
    journal.accept(List.<TaskMessage>of(rounds.begin().ready(TASK).orElseThrow()));
  }

  private void work() {
    Attempt attempt = Attempt.of(TASK);
    journal.begin(attempt, 1);
    journal.settle(attempt.id(), Instant.EPOCH);
    clock.advance(Duration.ofMinutes(1));
  }

  private void restart() {
    rounds = new Rounds(journal, clock);
    clock.advance(Duration.ofSeconds(1));
  }
}
