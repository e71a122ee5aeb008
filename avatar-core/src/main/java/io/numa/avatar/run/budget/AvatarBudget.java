package io.numa.avatar.run.budget;

import io.numa.avatar.port.PortException;
import io.numa.avatar.port.journal.LedgerJournal;
import io.numa.avatar.port.money.BudgetReachedException;
import io.numa.avatar.port.money.LedgerEntry;
import io.numa.avatar.port.money.ModelBudget;
import io.numa.avatar.port.money.Payer;
import io.numa.avatar.port.money.UsedBudget;
import io.numa.avatar.task.agent.AgentUsage;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The budget of an avatar, with its account in the journal. An answer counts for the day on which
 * it states its tokens.
 */
public final class AvatarBudget implements ModelBudget {
  private static final Logger log = LoggerFactory.getLogger(AvatarBudget.class);

  /** Fair, so that a session that asks often does not keep the others waiting. */
  private final ReentrantLock lock = new ReentrantLock(true);

  private final Condition changed = lock.newCondition();
  private final Account account;
  private final Consumer<UsedBudget> listener;
  private final List<Running> running = new ArrayList<>();
  private final Set<Told> told = new HashSet<>();
  private BudgetLimits limits;

  /** A period whose end of money was told. */
  private record Told(UsedBudget.Period period, LocalDate begin, BigDecimal limit) {}

  /**
   * @param clock its zone decides when days and months begin
   * @param listener is told once in each period that its budget is used up, again if a higher one
   *     is, and once more after a restart; must not block for long, and must not throw
   */
  public AvatarBudget(
      BudgetLimits limits, LedgerJournal journal, Clock clock, Consumer<UsedBudget> listener) {
    this.limits = limits;
    this.account = new Account(journal, clock);
    this.listener = listener;
  }

  /** Uses other limits from now on. Answers that are under way end as they do. */
  public void use(BudgetLimits other) {
    locked(
        () -> {
          limits = other;
          changed.signalAll();
          return null;
        });
  }

  @Override
  public boolean isLimited() {
    return locked(() -> limits.areThere());
  }

  @Override
  public Optional<UsedBudget> usedUp() {
    Optional<UsedBudget> used = locked(this::usedUpNow);
    used.ifPresent(this::tell);
    return used;
  }

  private Optional<UsedBudget> usedUpNow() {
    if (!limits.areThere()) {
      return Optional.empty();
    }
    account.open();
    return account.usedUp(limits);
  }

  @Override
  public Answer admit(Payer payer, BigDecimal most) throws InterruptedException {
    Optional<UsedBudget> used;
    var answer = new Running(payer, most);
    lock.lockInterruptibly();
    try {
      used = usedUpNow();
      while (used.isEmpty() && !fits(most)) {
        changed.await();
        used = usedUpNow();
      }
      if (used.isEmpty()) {
        running.add(answer);
        return answer;
      }
    } finally {
      lock.unlock();
    }
    tell(used.get());
    throw new BudgetReachedException(used.get());
  }

  private boolean fits(BigDecimal most) {
    BigDecimal open = running.stream().map(Running::open).reduce(most, BigDecimal::add);
    return running.isEmpty() || account.allows(limits, open);
  }

  private void tell(UsedBudget used) {
    if (locked(() -> told.add(new Told(used.period(), used.begin(), used.limit())))) {
      log.warn("Agents stop until {}: {}", used.until(), used.text());
      listener.accept(used);
    }
  }

  private final class Running implements Answer {
    private final Payer payer;
    private final BigDecimal most;
    private AgentUsage noted = AgentUsage.NONE;

    Running(Payer payer, BigDecimal most) {
      this.payer = payer;
      this.most = most;
    }

    /** What it may still cost. */
    private BigDecimal open() {
      return most.subtract(noted.cost()).max(BigDecimal.ZERO);
    }

    @Override
    public void used(AgentUsage soFar) {
      locked(
              () -> {
                AgentUsage more = soFar.minus(noted);
                noted = soFar;
                return count(more);
              })
          .ifPresent(AvatarBudget.this::tell);
    }

    private Optional<UsedBudget> count(AgentUsage more) {
      boolean known = true;
      try {
        account.open();
      } catch (PortException e) {
        known = false; // the entry waits for the journal, and counts when that can be read
      }
      account.add(new LedgerEntry(account.day(), payer, more));
      return known ? account.usedUp(limits) : Optional.empty();
    }

    @Override
    public void close() {
      locked(
          () -> {
            if (running.remove(this)) {
              changed.signalAll();
            }
            return null;
          });
    }
  }

  private <T> T locked(Supplier<T> action) {
    lock.lock();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }
}
