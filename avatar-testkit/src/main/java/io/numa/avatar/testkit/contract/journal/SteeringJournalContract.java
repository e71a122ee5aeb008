package io.numa.avatar.testkit.contract.journal;

import static io.numa.avatar.testkit.contract.Samples.begun;
import static io.numa.avatar.testkit.contract.Samples.done;
import static io.numa.avatar.testkit.contract.journal.JournalSamples.OTHER;
import static io.numa.avatar.testkit.contract.journal.JournalSamples.TASK;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.StatusUpdate;
import io.numa.avatar.port.journal.EndedTask;
import io.numa.avatar.port.journal.Journal;
import io.numa.avatar.port.journal.SteeringJournal;
import io.numa.avatar.port.journal.SteeringRecord;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.agent.SteeringMessage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The tests that every {@link SteeringJournal} must pass. */
public abstract class SteeringJournalContract {
  private static final Instant NOON = Instant.parse("2025-08-03T12:00:00.123Z");
  private static final SteeringMessage FIRST =
      new SteeringMessage("1", "alice", "Take XML.\n\"Añadir\" 登录 🚀");
  private static final SteeringMessage SECOND = new SteeringMessage("2", "bob", "No: JSON.");

  private final Attempt attempt = Attempt.of(TASK);
  private final Attempt next = Attempt.of(TASK);

  /** A journal that was empty when the test began; the same for all of one test. */
  protected abstract Journal journal();

  @Test
  void keepsTheMessagesOfATaskInTheirOrder() {
    assertThat(journal().steering(TASK)).isEmpty();

    assertThat(journal().steer(TASK, FIRST)).isTrue();
    assertThat(journal().steer(OTHER, SECOND)).isTrue();
    assertThat(journal().steer(TASK, SECOND)).isTrue();

    assertThat(journal().steering(TASK)).containsExactly(waiting(FIRST), waiting(SECOND));
    assertThat(journal().steering(OTHER)).containsExactly(waiting(SECOND));
  }

  @Test
  void acceptsAMessageOnce() {
    journal().steer(TASK, FIRST);
    journal().steered(TASK, "1", attempt.id());

    assertThat(journal().steer(TASK, new SteeringMessage("1", "mallory", "Other"))).isFalse();

    assertThat(journal().steering(TASK)).containsExactly(delivered(FIRST, attempt.id()));
  }

  @Test
  void recordsTheFirstDelivery() {
    journal().steer(TASK, FIRST);
    journal().steer(TASK, SECOND);
    journal().steer(OTHER, FIRST);

    journal().steered(TASK, "1", attempt.id());
    journal().steered(TASK, "1", next.id());
    journal().steered(TASK, "unknown", attempt.id());

    assertThat(journal().steering(TASK))
        .containsExactly(delivered(FIRST, attempt.id()), waiting(SECOND));
    assertThat(journal().steering(OTHER)).containsExactly(waiting(FIRST));
  }

  @Test
  void keepsTheMessagesForFurtherAttempts() {
    begin(attempt, 1);
    journal().steer(TASK, FIRST);
    begin(next, 2);
    journal().settle(next.id(), NOON);

    begin(Attempt.of(TASK), 1);

    assertThat(journal().steering(TASK)).containsExactly(waiting(FIRST));
  }

  @Test
  void forgetsTheMessagesOfATaskThatIsDone() {
    StatusUpdate done = done(2);
    begin(attempt, 1);
    journal().steer(TASK, FIRST);
    journal().steer(OTHER, FIRST);
    journal().announce(attempt.id(), done, 0);

    journal().settle(attempt.id(), NOON);

    assertThat(journal().steering(TASK)).isEmpty();
    assertThat(journal().steering(OTHER)).hasSize(1);
  }

  @Test
  void forgetsTheMessagesOfATaskThatIsForgotten() {
    begin(attempt, 1);
    journal().steer(TASK, FIRST);
    journal().settle(attempt.id(), NOON);
    assertThat(journal().steering(TASK)).hasSize(1);

    journal().forget(new EndedTask(TASK, NOON, List.of(attempt.id())));

    assertThat(journal().steering(TASK)).isEmpty();
  }

  private void begin(Attempt begun, int number) {
    journal().begin(begun, number);
    journal().claimed(begun, Optional.empty(), NOON);
    journal().announce(begun.id(), begun(1), 0);
  }

  private static SteeringRecord waiting(SteeringMessage message) {
    return new SteeringRecord(message, Optional.empty());
  }

  private static SteeringRecord delivered(SteeringMessage message, AttemptId attempt) {
    return new SteeringRecord(message, Optional.of(attempt));
  }
}
