package io.numa.avatar.run.budget;

import io.numa.avatar.port.PortException;
import io.numa.avatar.port.journal.LedgerJournal;
import io.numa.avatar.port.money.LedgerEntry;
import io.numa.avatar.port.money.UsedBudget;
import io.numa.avatar.port.money.UsedBudget.Period;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was spent today and in this month. It is read from the journal when a day begins, and
 * written there with each answer. Not thread-safe.
 */
final class Account {
  private static final Logger log = LoggerFactory.getLogger(Account.class);

  /** While the journal cannot be written, the most entries that wait for it. */
  private static final int MOST_UNWRITTEN = 10_000;

  private final LedgerJournal journal;
  private final Clock clock;

  /** Entries that the journal could not take yet. */
  private final Deque<LedgerEntry> unwritten = new ArrayDeque<>();

  private @Nullable LocalDate today;
  private BigDecimal ofDay = BigDecimal.ZERO;
  private BigDecimal ofMonth = BigDecimal.ZERO;

  /**
   * @param clock its zone decides when a day begins
   */
  Account(LedgerJournal journal, Clock clock) {
    this.journal = journal;
    this.clock = clock;
  }

  /** The current day. */
  LocalDate day() {
    return LocalDate.now(clock);
  }

  /**
   * Reads the account of the current day, unless it is known.
   *
   * @throws PortException if the journal cannot be read
   */
  void open() {
    LocalDate now = day();
    if (!now.equals(today)) {
      List<LedgerEntry> written = journal.ledger(now.withDayOfMonth(1));
      today = now;
      ofDay = BigDecimal.ZERO;
      ofMonth = BigDecimal.ZERO;
      written.forEach(this::count);
      unwritten.forEach(this::count);
    }
  }

  private void count(LedgerEntry entry) {
    LocalDate known = today;
    BigDecimal cost = entry.usage().cost();
    if (entry.day().equals(known)) {
      ofDay = ofDay.add(cost);
    }
    if (known != null && YearMonth.from(entry.day()).equals(YearMonth.from(known))) {
      ofMonth = ofMonth.add(cost);
    }
  }

  /**
   * Adds an entry of the current day. Does not throw: what the journal cannot take, it gets later.
   */
  void add(LedgerEntry entry) {
    count(entry);
    unwritten.add(entry);
    try {
      while (!unwritten.isEmpty()) {
        journal.paid(unwritten.element());
        unwritten.remove();
      }
    } catch (PortException e) {
      log.warn("The journal does not record what agents spend, for now: {}", e.getMessage());
      if (unwritten.size() > MOST_UNWRITTEN) {
        unwritten.remove();
      }
    }
  }

  /** The budget that is used up; of both, the month's. */
  Optional<UsedBudget> usedUp(BudgetLimits limits) {
    return limits
        .month()
        .filter(limit -> ofMonth.compareTo(limit) >= 0)
        .map(this::ofMonth)
        .or(() -> limits.day().filter(limit -> ofDay.compareTo(limit) >= 0).map(this::ofDay));
  }

  /** Whether the budget allows so much more. */
  boolean allows(BudgetLimits limits, BigDecimal more) {
    return limits.day().filter(limit -> ofDay.add(more).compareTo(limit) > 0).isEmpty()
        && limits.month().filter(limit -> ofMonth.add(more).compareTo(limit) > 0).isEmpty();
  }

  private UsedBudget ofMonth(BigDecimal limit) {
    LocalDate first = day().withDayOfMonth(1);
    return new UsedBudget(Period.MONTH, first, limit, ofMonth, begin(first.plusMonths(1)));
  }

  private UsedBudget ofDay(BigDecimal limit) {
    return new UsedBudget(Period.DAY, day(), limit, ofDay, begin(day().plusDays(1)));
  }

  private Instant begin(LocalDate first) {
    return first.atStartOfDay(clock.getZone()).toInstant();
  }
}
