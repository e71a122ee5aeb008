package io.numa.avatar.testkit.contract.journal;

import static io.numa.avatar.testkit.contract.journal.JournalSamples.OTHER;
import static io.numa.avatar.testkit.contract.journal.JournalSamples.TASK;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.journal.AgentSpending;
import io.numa.avatar.port.journal.Journal;
import io.numa.avatar.port.journal.SpendingJournal;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.agent.AgentUsage;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The tests that every {@link SpendingJournal} must pass. */
public abstract class SpendingJournalContract {
  private static final Instant NOW = Instant.parse("2025-08-03T10:00:00Z");

  private final Attempt attempt = Attempt.of(TASK);
  private final Attempt next = Attempt.of(TASK);

  /** A journal that was empty when the test began; the same for all of one test. */
  protected abstract Journal journal();

  @Test
  void knowsOfNoSpendingAtFirst() {
    journal().begin(attempt, 1);

    assertThat(journal().spending(TASK)).isEmpty();
  }

  @Test
  void keepsTheLatestOfEachStepAndAgent() {
    journal().begin(attempt, 1);
    journal().begin(Attempt.of(OTHER), 1);
    AgentSpending latest = spending(attempt, 1, "qwen", 200);

    journal().spent(spending(attempt, 1, "qwen", 100));
    journal().spent(spending(attempt, 2, "qwen", 300));
    journal().spent(spending(attempt, 1, "añadir", 400));
    journal().spent(latest);

    assertThat(journal().spending(TASK))
        .containsExactly(
            latest, spending(attempt, 2, "qwen", 300), spending(attempt, 1, "añadir", 400));
    assertThat(journal().spending(OTHER)).isEmpty();
  }

  @Test
  void keepsWhatEarlierAttemptsHaveSpent() {
    journal().begin(attempt, 1);
    journal().spent(spending(attempt, 1, "qwen", 100));

    journal().begin(next, 2);
    journal().spent(spending(next, 1, "qwen", 50));

    assertThat(journal().spending(TASK))
        .containsExactly(spending(attempt, 1, "qwen", 100), spending(next, 1, "qwen", 50));
  }

  @Test
  void forgetsTheSpendingOfATaskThatIsSettled() {
    Attempt other = Attempt.of(OTHER);
    journal().begin(attempt, 1);
    journal().spent(spending(attempt, 1, "qwen", 100));
    journal().begin(next, 2);
    journal().begin(other, 1);
    journal().spent(spending(other, 1, "qwen", 7));

    journal().settle(next.id(), NOW);

    assertThat(journal().spending(TASK)).isEmpty();
    assertThat(journal().spending(OTHER)).hasSize(1);
  }

  @Test
  void forgetsTheSpendingOfATaskThatBeginsAnew() {
    journal().begin(attempt, 1);
    journal().spent(spending(attempt, 1, "qwen", 100));

    journal().begin(next, 1);

    assertThat(journal().spending(TASK)).isEmpty();
  }

  @Test
  void recordsNoSpendingOfAnUnknownAttempt() {
    journal().spent(spending(attempt, 1, "qwen", 100));
    journal().begin(attempt, 1);
    journal().settle(attempt.id(), NOW);
    journal().spent(spending(attempt, 1, "qwen", 100));
    journal().spent(AgentSpending.none(AttemptId.random(), 1, "qwen"));

    assertThat(journal().spending(TASK)).isEmpty();
  }

  private static AgentSpending spending(Attempt attempt, int step, String agent, long tokens) {
    return new AgentSpending(
        attempt.id(),
        step,
        agent,
        new AgentUsage(3, 4, 5, tokens, 6, 7, 8, new BigDecimal("0.0150")),
        Duration.ofMillis(12_345),
        tokens == 200 ? Optional.of("c0ffee") : Optional.empty());
  }
}
