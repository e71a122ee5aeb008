package io.numa.avatar.testkit.contract.journal;

import static io.numa.avatar.testkit.contract.journal.JournalSamples.TASK;
import static io.numa.avatar.testkit.contract.journal.JournalSamples.onThreads;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.journal.Journal;
import io.numa.avatar.port.journal.LedgerJournal;
import io.numa.avatar.port.money.LedgerEntry;
import io.numa.avatar.port.money.Payer;
import io.numa.avatar.task.agent.AgentUsage;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** The tests that every {@link LedgerJournal} must pass. */
public abstract class LedgerJournalContract {
  private static final LocalDate MONDAY = LocalDate.of(2025, 9, 29);
  private static final Payer QWEN = new Payer("qwen", "https://git.example.com/team/shop.git");

  /** A journal that was empty when the test began; the same for all of one test. */
  protected abstract Journal journal();

  @Test
  void isEmptyAtFirst() {
    assertThat(journal().ledger(LocalDate.EPOCH)).isEmpty();
  }

  @Test
  void addsUpWhatOneAgentSpendsOnOneRepositoryInADay() {
    journal().paid(entry(MONDAY, QWEN, "0.1"));
    journal().paid(entry(MONDAY, QWEN, "0.200000000000000001"));

    assertThat(journal().ledger(MONDAY))
        .containsExactly(
            new LedgerEntry(
                MONDAY,
                QWEN,
                new AgentUsage(2, 0, 0, 20, 4, 2, 6, new BigDecimal("0.300000000000000001"))));
  }

  @Test
  void keepsDaysAgentsAndRepositoriesApartInOrder() {
    LedgerEntry later = entry(MONDAY.plusDays(2), QWEN, "1");
    LedgerEntry other = entry(MONDAY, new Payer("qwen", "/srv/añadir 登录"), "2");
    LedgerEntry claude = entry(MONDAY, new Payer("claude", ""), "3");
    LedgerEntry first = entry(MONDAY, QWEN, "4");

    journal().paid(later);
    journal().paid(first);
    journal().paid(other);
    journal().paid(claude);

    assertThat(journal().ledger(MONDAY)).containsExactly(claude, other, first, later);
    assertThat(journal().ledger(MONDAY.plusDays(1))).containsExactly(later);
  }

  @Test
  void forgetsNothingWhenATaskEnds() {
    Attempt attempt = Attempt.of(TASK);
    journal().begin(attempt, 1);
    journal().paid(entry(MONDAY, QWEN, "1"));

    journal().settle(attempt.id(), Instant.parse("2025-09-29T10:00:00Z"));

    assertThat(journal().ledger(MONDAY)).hasSize(1);
  }

  @Test
  void forgetsWhatIsTooOld() {
    journal().paid(entry(MONDAY, QWEN, "1"));
    journal().paid(entry(MONDAY.plusDays(LedgerJournal.DAYS_KEPT), QWEN, "1"));
    assertThat(journal().ledger(LocalDate.EPOCH)).hasSize(2);

    journal().paid(entry(MONDAY.plusDays(LedgerJournal.DAYS_KEPT + 1L), QWEN, "1"));

    assertThat(journal().ledger(LocalDate.EPOCH))
        .extracting(LedgerEntry::day)
        .doesNotContain(MONDAY)
        .hasSize(2);
  }

  @Test
  void losesNothingOfSeveralThreads() throws Exception {
    onThreads(
        thread -> {
          for (int i = 0; i < 25; i++) {
            journal().paid(entry(MONDAY, QWEN, "0.01"));
          }
          return thread;
        });

    assertThat(journal().ledger(MONDAY))
        .singleElement()
        .satisfies(sum -> assertThat(sum.usage().cost()).isEqualByComparingTo("1"));
  }

  private static LedgerEntry entry(LocalDate day, Payer payer, String cost) {
    return new LedgerEntry(day, payer, new AgentUsage(1, 0, 0, 10, 2, 1, 3, new BigDecimal(cost)));
  }
}
