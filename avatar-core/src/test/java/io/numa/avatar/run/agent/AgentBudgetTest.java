package io.numa.avatar.run.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.plan.AgentBounds;
import io.numa.avatar.port.agent.AgentLimits;
import io.numa.avatar.port.journal.AgentSpending;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.agent.AgentUsage;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class AgentBudgetTest {
  private static final AgentLimits LIMITS =
      new AgentLimits(
          Duration.ofSeconds(90),
          Duration.ofMinutes(30),
          Duration.ofMinutes(10),
          Duration.ofMinutes(60),
          OptionalLong.of(100),
          OptionalLong.of(1_000),
          Optional.of(new BigDecimal("5.00")));

  private static final AttemptId KILLED = AttemptId.random();
  private static final AttemptId NOW = AttemptId.random();

  private final AgentBudget budget =
      new AgentBudget(List.of(spending(KILLED, 1, "qwen", 30, 400, "1.50", 10)));

  @Test
  void leavesWhatNoAttemptHasSpent() {
    budget.spent(spending(NOW, 1, "qwen", 5, 50, "0.25", 2));
    budget.spent(spending(NOW, 1, "qwen", 10, 100, "0.50", 5));

    AgentLimits left = budget.left("qwen", 1, LIMITS, AgentBounds.NONE);

    assertThat(left.turns()).hasValue(60);
    assertThat(left.tokens()).hasValue(500);
    assertThat(left.cost().orElseThrow()).isEqualByComparingTo("3.00");
    assertThat(left.time()).isEqualTo(Duration.ofMinutes(15));
    assertThat(left.silence()).isEqualTo(LIMITS.silence());
    assertThat(budget.usage().turns()).isEqualTo(40);
  }

  @Test
  void countsEachAgentForItself() {
    assertThat(budget.left("claude", 1, LIMITS, AgentBounds.NONE)).isEqualTo(LIMITS);
  }

  @Test
  void boundsAStepByWhatWasSpentInIt() {
    var bounds =
        new AgentBounds(
            Optional.of(Duration.ofMinutes(12)),
            OptionalLong.of(40),
            OptionalLong.of(5_000),
            Optional.of(new BigDecimal("2.00")));

    AgentLimits first = budget.left("qwen", 1, LIMITS, bounds);
    AgentLimits second = budget.left("qwen", 2, LIMITS, bounds);

    assertThat(first.turns()).hasValue(10);
    assertThat(first.tokens()).hasValue(600);
    assertThat(first.cost().orElseThrow()).isEqualByComparingTo("0.50");
    assertThat(first.time()).isEqualTo(Duration.ofMinutes(2));
    assertThat(second.turns()).hasValue(40);
    assertThat(second.cost().orElseThrow()).isEqualByComparingTo("2.00");
    assertThat(second.time()).isEqualTo(Duration.ofMinutes(12));
  }

  @Test
  void saysWhatIsUsedUp() {
    assertThat(usedUp(AgentBounds.NONE)).isEmpty();
    assertThat(usedUp(AgentBounds.of(Duration.ofMinutes(10)))).hasValueSatisfying(isAbout("time"));
    assertThat(usedUp(bounds(OptionalLong.of(30), OptionalLong.empty(), Optional.empty())))
        .hasValueSatisfying(isAbout("turns"));
    assertThat(usedUp(bounds(OptionalLong.empty(), OptionalLong.of(300), Optional.empty())))
        .hasValueSatisfying(isAbout("tokens"));
    assertThat(
            usedUp(
                bounds(
                    OptionalLong.empty(),
                    OptionalLong.empty(),
                    Optional.of(new BigDecimal("1.5")))))
        .hasValueSatisfying(isAbout("money"));
  }

  private static Consumer<String> isAbout(String what) {
    return text -> assertThat(text).contains(what);
  }

  private Optional<String> usedUp(AgentBounds bounds) {
    return AgentBudget.usedUp(budget.left("qwen", 1, LIMITS, bounds), LIMITS);
  }

  private static AgentBounds bounds(
      OptionalLong turns, OptionalLong tokens, Optional<BigDecimal> cost) {
    return new AgentBounds(Optional.empty(), turns, tokens, cost);
  }

  private static AgentSpending spending(
      AttemptId attempt, int step, String agent, long turns, long tokens, String cost, long min) {
    return new AgentSpending(
        attempt,
        step,
        agent,
        new AgentUsage(turns, 0, 0, tokens, 0, 0, 0, new BigDecimal(cost)),
        Duration.ofMinutes(min),
        Optional.empty());
  }
}
