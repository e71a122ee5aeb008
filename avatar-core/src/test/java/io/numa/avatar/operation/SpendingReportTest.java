package io.numa.avatar.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.operation.SpendingReport.By;
import io.numa.avatar.operation.SpendingReport.Line;
import io.numa.avatar.port.money.LedgerEntry;
import io.numa.avatar.port.money.Payer;
import io.numa.avatar.task.agent.AgentUsage;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpendingReportTest {
  private static final LocalDate DAY = LocalDate.of(2025, 8, 3);
  private static final List<LedgerEntry> ENTRIES =
      List.of(
          entry(DAY, "claude", "/srv/shop.git", 1),
          entry(DAY, "qwen", "/srv/shop.git", 5),
          entry(DAY.plusDays(1), "qwen", "/srv/site.git", 2));

  @Test
  void addsUpTheNewestDayFirst() {
    SpendingReport report = SpendingReport.of(By.DAY, DAY, ENTRIES);

    assertThat(report.lines())
        .containsExactly(new Line("2025-08-04", usage(2)), new Line("2025-08-03", usage(6, 2)));
    assertThat(report.total()).isEqualTo(usage(8, 3));
  }

  @Test
  void addsUpWhatCostMostFirst() {
    assertThat(SpendingReport.of(By.AGENT, DAY, ENTRIES).lines())
        .containsExactly(new Line("qwen", usage(7, 2)), new Line("claude", usage(1)));
    assertThat(SpendingReport.of(By.REPOSITORY, DAY, ENTRIES).lines())
        .containsExactly(
            new Line("/srv/shop.git", usage(6, 2)), new Line("/srv/site.git", usage(2)));
  }

  private static LedgerEntry entry(LocalDate day, String agent, String repository, int cost) {
    return new LedgerEntry(day, new Payer(agent, repository), usage(cost));
  }

  private static AgentUsage usage(int cost) {
    return usage(cost, 1);
  }

  private static AgentUsage usage(int cost, int answers) {
    return new AgentUsage(answers, 0, 0, 10L * answers, 0, 0, 0, BigDecimal.valueOf(cost));
  }
}
