package io.numa.avatar.run.budget;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numa.avatar.port.PortException;
import io.numa.avatar.port.journal.LedgerJournal;
import io.numa.avatar.port.money.BudgetReachedException;
import io.numa.avatar.port.money.LedgerEntry;
import io.numa.avatar.port.money.ModelBudget.Answer;
import io.numa.avatar.port.money.Payer;
import io.numa.avatar.port.money.UsedBudget;
import io.numa.avatar.port.money.UsedBudget.Period;
import io.numa.avatar.run.InMemoryJournal;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.agent.AgentUsage;
import io.numa.avatar.testkit.ManualClock;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AvatarBudgetTest {
  private static final LocalDate DAY = LocalDate.of(2025, 8, 30);
  private static final Payer SHOP = new Payer("qwen", "https://git.example.com/shop.git");
  private static final Payer SITE = new Payer("claude", "https://git.example.com/site.git");
  private static final BigDecimal MOST = new BigDecimal("4");

  private final ManualClock clock = ManualClock.at("2025-08-30T22:00:00Z");
  private final InMemoryJournal journal = new InMemoryJournal();
  private final List<UsedBudget> told = new ArrayList<>();
  private final ExecutorService threads = Executors.newFixedThreadPool(8);

  @AfterEach
  void endThreads() {
    threads.shutdownNow();
  }

  @Test
  void oneAnswerAtMostPassesTheBudgetHoweverManySessionsAsk() throws Exception {
    AvatarBudget budget = budget(limits("10", null));
    var answered = new AtomicInteger();
    List<Future<Boolean>> ends = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Payer payer = i % 2 == 0 ? SHOP : SITE;
      ends.add(
          threads.submit(
              () -> {
                try {
                  while (true) {
                    answer(budget, payer, "3");
                    answered.incrementAndGet();
                  }
                } catch (BudgetReachedException e) {
                  return true;
                }
              }));
    }
    for (Future<Boolean> end : ends) {
      assertThat(end.get(20, SECONDS)).isTrue();
    }

    assertThat(answered).hasValue(4); // 3, 6, 9, and one answer that passes 10
    assertThat(budget.usedUp().orElseThrow().spent()).isEqualByComparingTo("12");
    assertThat(told).extracting(UsedBudget::period).containsExactly(Period.DAY);
  }

  @Test
  void letsAnswersRunAtATimeFarFromTheEdgeAndOneByOneNearIt() throws Exception {
    AvatarBudget budget = budget(limits("10", null));
    Answer first = budget.admit(SHOP, MOST);
    Answer second = budget.admit(SITE, MOST);
    Future<Answer> third = threads.submit(() -> budget.admit(SHOP, MOST));
    assertThatThrownBy(() -> third.get(100, MILLISECONDS)).isInstanceOf(TimeoutException.class);

    first.used(usage("1"));
    first.close();

    third.get(20, SECONDS).close();
    second.close();
  }

  @Test
  void answersThatAreUnderWayEndAsTheyDo() throws Exception {
    AvatarBudget budget = budget(limits("10", null));
    Answer first = budget.admit(SHOP, MOST);
    Answer second = budget.admit(SITE, MOST);

    budget.use(limits("2", null));
    first.used(usage("3"));
    assertThatThrownBy(() -> budget.admit(SHOP, MOST))
        .isInstanceOfSatisfying(
            PortException.class,
            refused -> assertThat(refused.kind()).isEqualTo(FailureKind.AGENT_BUDGET))
        .hasMessage(
            "the budget of 2 for the day is used up (3 spent); agents work again from"
                + " 2025-08-31T00:00:00Z");
    second.used(usage("1"));
    second.used(usage("2"));
    first.close();
    second.close();

    assertThat(budget.usedUp().orElseThrow().spent()).isEqualByComparingTo("5");
  }

  @Test
  void nothingIsSpentOnceMoreAfterARestart() throws Exception {
    answer(budget(limits("10", null)), SHOP, "10");

    AvatarBudget next = budget(limits("10", null));

    assertThat(next.usedUp())
        .contains(
            new UsedBudget(
                Period.DAY,
                DAY,
                new BigDecimal("10"),
                new BigDecimal("10"),
                Instant.parse("2025-08-31T00:00:00Z")));
    assertThatThrownBy(() -> next.admit(SITE, MOST)).isInstanceOf(BudgetReachedException.class);
  }

  @Test
  void anAnswerIsInTheJournalBeforeItEnds() throws Exception {
    Answer answer = budget(BudgetLimits.NONE).admit(SHOP, MOST);

    answer.used(usage("1"));
    answer.used(usage("1.5"));

    assertThat(journal.ledger(DAY))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.payer()).isEqualTo(SHOP);
              assertThat(entry.usage().cost()).isEqualByComparingTo("1.5");
              assertThat(entry.usage().turns()).isEqualTo(1);
            });
  }

  @Test
  void aDayEndsAtMidnightOfItsZone() throws Exception {
    AvatarBudget budget = budget(limits("10", null), "Asia/Shanghai"); // 06:00 on the 31st
    answer(budget, SHOP, "11");

    UsedBudget used = budget.usedUp().orElseThrow();
    assertThat(used.until()).isEqualTo(Instant.parse("2025-08-31T16:00:00Z"));
    clock.set(used.until().minusMillis(1));
    assertThat(budget.usedUp()).contains(used);

    clock.set(used.until());
    assertThat(budget.usedUp()).isEmpty();
    answer(budget, SHOP, "9");
    assertThat(budget.usedUp()).isEmpty();
  }

  @Test
  void aMonthsBudgetOutlastsTheDay() throws Exception {
    AvatarBudget budget = budget(limits("10", "15"));
    answer(budget, SHOP, "8");
    clock.advance(Duration.ofDays(1));
    answer(budget, SITE, "8");

    assertThat(budget.usedUp())
        .contains(
            new UsedBudget(
                Period.MONTH,
                LocalDate.of(2025, 8, 1),
                new BigDecimal("15"),
                new BigDecimal("16"),
                Instant.parse("2025-09-01T00:00:00Z")));

    clock.set(Instant.parse("2025-09-01T00:00:00Z"));
    assertThat(budget.usedUp()).isEmpty();
    assertThat(budget(limits("10", "15")).usedUp()).isEmpty();
  }

  @Test
  void aClockThatIsSetBackGivesNoMoneyBack() throws Exception {
    AvatarBudget budget = budget(limits("10", null));
    answer(budget, SHOP, "10");
    clock.advance(Duration.ofDays(1));
    assertThat(budget.usedUp()).isEmpty();

    clock.advance(Duration.ofDays(-1));

    assertThat(budget.usedUp()).isPresent();
  }

  @Test
  void tellsOnceOfEachBudgetAndOfAHigherOneAnew() throws Exception {
    AvatarBudget budget = budget(limits("10", null));
    answer(budget, SHOP, "10");
    Optional<UsedBudget> used = budget.usedUp();
    assertThatThrownBy(() -> budget.admit(SHOP, MOST)).isInstanceOf(PortException.class);
    assertThat(told).containsExactly(used.orElseThrow());

    budget.use(limits("12", null));
    answer(budget, SHOP, "3");

    assertThat(told)
        .extracting(UsedBudget::limit)
        .map(BigDecimal::intValue)
        .containsExactly(10, 12);
  }

  @Test
  void aRequestThatWaitsCanBeInterrupted() throws Exception {
    AvatarBudget budget = budget(limits("5", null));
    budget.admit(SHOP, MOST);
    var ended = new CountDownLatch(1);
    Future<?> waiting =
        threads.submit(
            () -> {
              try {
                budget.admit(SITE, MOST);
              } catch (InterruptedException e) {
                ended.countDown();
              }
              return null;
            });
    assertThatThrownBy(() -> waiting.get(50, MILLISECONDS)).isInstanceOf(TimeoutException.class);

    waiting.cancel(true);

    assertThat(ended.await(20, SECONDS)).isTrue();
  }

  @Test
  void countsAnAnswerThatTheJournalTakesLater() throws Exception {
    var failing = new FailingJournal();
    var budget = new AvatarBudget(limits("10", null), failing, clock, told::add);
    Answer answer = budget.admit(SHOP, MOST);
    failing.broken = true;

    answer.used(usage("6"));
    answer.close();
    clock.advance(Duration.ofDays(1));
    assertThatThrownBy(() -> budget.admit(SHOP, MOST))
        .isInstanceOfSatisfying(
            PortException.class,
            failure -> assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE));
    failing.broken = false;
    clock.advance(Duration.ofDays(-1));
    answer(budget, SITE, "4");

    assertThat(budget.usedUp().orElseThrow().spent()).isEqualByComparingTo("10");
    assertThat(journal.ledger(DAY)).extracting(LedgerEntry::payer).containsExactly(SITE, SHOP);
  }

  /** A journal that can be neither read nor written for a while. */
  private final class FailingJournal implements LedgerJournal {
    private boolean broken;

    @Override
    public void paid(LedgerEntry more) {
      check();
      journal.paid(more);
    }

    @Override
    public List<LedgerEntry> ledger(LocalDate from) {
      check();
      return journal.ledger(from);
    }

    private void check() {
      if (broken) {
        throw new PortException(FailureKind.UNAVAILABLE, "could not write the journal: it is full");
      }
    }
  }

  private AvatarBudget budget(BudgetLimits limits) {
    return budget(limits, "UTC");
  }

  private AvatarBudget budget(BudgetLimits limits, String zone) {
    return new AvatarBudget(limits, journal, clock.withZone(ZoneId.of(zone)), told::add);
  }

  private static void answer(AvatarBudget budget, Payer payer, String cost)
      throws InterruptedException {
    try (Answer answer = budget.admit(payer, MOST)) {
      answer.used(usage("0"));
      answer.used(usage(cost));
    }
  }

  private static AgentUsage usage(String cost) {
    return new AgentUsage(1, 0, 0, 100, 0, 0, 10, new BigDecimal(cost));
  }

  private static BudgetLimits limits(String day, String month) {
    return new BudgetLimits(
        Optional.ofNullable(day).map(BigDecimal::new),
        Optional.ofNullable(month).map(BigDecimal::new));
  }
}
