package io.numa.avatar.run.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.task.agent.AgentReport;
import io.numa.avatar.task.agent.AgentUsage;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentTextTest {
  private static final AgentUsage COUNTED =
      new AgentUsage(7, 12, 9, 34_512, 28_000, 0, 2_100, new BigDecimal("0.12345"));

  @Test
  void tellsTurnsTokensAndMoney() {
    AgentReport report =
        new AgentReport(
            "qwen",
            Optional.of("0.15.10"),
            Optional.of("qwen3-coder-plus"),
            Optional.empty(),
            COUNTED,
            Duration.ofSeconds(245),
            1,
            Optional.of("completed"),
            Optional.empty());

    assertThat(AgentText.of(report))
        .isEqualTo(
            "qwen 0.15.10 (qwen3-coder-plus): 7 turns, 12 tools, 4 min 05 s, 34.5k tokens in (28.0k cached),"
                + " 2.1k out, cost 0.13, 1 repair");
    assertThat(AgentText.brief(COUNTED)).isEqualTo("7 turns, 36.6k tokens, cost 0.13");
  }

  @Test
  void leavesOutWhatWasNotCounted() {
    AgentReport report =
        new AgentReport(
            "house",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            AgentUsage.NONE.withTurns(1, 1),
            Duration.ofSeconds(245),
            0,
            Optional.empty(),
            Optional.empty());

    assertThat(AgentText.of(report)).isEqualTo("house: 1 turn, 1 tool, 4 min 05 s");
  }

  @ParameterizedTest
  @CsvSource({"999, 999", "1000, 1.0k", "999949, 999.9k", "999999, 1.0M", "5000000, 5.0M"})
  void shortensCounts(long tokens, String text) {
    AgentUsage usage = new AgentUsage(1, 0, 1, tokens, 0, 0, 0, BigDecimal.ZERO);

    assertThat(AgentText.brief(usage)).isEqualTo("1 turn, " + text + " tokens");
  }

  @ParameterizedTest
  @CsvSource({"0.0001, 0.0001", "0.00001, 0.0001", "0.05, 0.0500", "0.1, 0.10", "12.345, 12.35"})
  void roundsMoneyUp(BigDecimal cost, String text) {
    AgentUsage usage = new AgentUsage(1, 0, 1, 0, 0, 0, 0, cost);

    assertThat(AgentText.brief(usage)).isEqualTo("1 turn, cost " + text);
  }
}
