package io.numa.avatar.run.review;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.plan.AgentBounds;
import io.numa.avatar.plan.TestPolicy.Dilution;
import io.numa.avatar.port.agent.AgentLimits;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IgnoredWishesTest {
  private static final AgentLimits LIMITS =
      new AgentLimits(
          Duration.ofSeconds(1),
          Duration.ofMinutes(30),
          Duration.ofMinutes(1),
          Duration.ofMinutes(1),
          OptionalLong.of(100),
          OptionalLong.of(5_000),
          Optional.of(new BigDecimal("2.50")));

  private static AgentBounds bounds(int minutes, long turns, long tokens, String cost) {
    return new AgentBounds(
        Optional.of(Duration.ofMinutes(minutes)),
        OptionalLong.of(turns),
        OptionalLong.of(tokens),
        Optional.of(new BigDecimal(cost)));
  }

  @Test
  void namesEachBoundOverTheOperatorsLimit() {
    assertThat(IgnoredWishes.raised("step 2", bounds(31, 101, 5_001, "2.51"), LIMITS))
        .containsExactly(
            "step 2: 'timeout' of 31 min 00 s has no effect: the operator's limit is 30 min 00 s",
            "step 2: 'turns' of 101 has no effect: the operator's limit is 100",
            "step 2: 'tokens' of 5001 has no effect: the operator's limit is 5000",
            "step 2: 'cost' of 2.51 has no effect: the operator's limit is 2.50");
  }

  @Test
  void namesNoBoundUpToTheLimitAndNoneWhereThereIsNoLimit() {
    assertThat(IgnoredWishes.raised("step 2", bounds(30, 100, 5_000, "2.5"), LIMITS)).isEmpty();
    assertThat(IgnoredWishes.raised("step 2", AgentBounds.NONE, LIMITS)).isEmpty();
    assertThat(IgnoredWishes.raised("step 2", bounds(1, 1, 9_999, "99"), AgentLimits.DEFAULTS))
        .isEqualTo(List.of());
  }

  @ParameterizedTest
  @CsvSource({
    "REPORT, FAIL, true",
    "REPAIR, FAIL, true",
    "FAIL, FAIL, false",
    "FAIL, REPORT, false",
    ", FAIL, false",
    "REPORT, , false"
  })
  void namesAMilderPolicyAlone(Dilution asked, Dilution configured, boolean named) {
    assertThat(
            IgnoredWishes.milder(
                "the plan's test.dilution",
                Optional.ofNullable(asked),
                Optional.ofNullable(configured),
                Dilution::word))
        .isEqualTo(
            named
                ? Optional.of(
                    "the plan's test.dilution '"
                        + asked.word()
                        + "' has no effect: it is milder than the configured '"
                        + configured.word()
                        + "'")
                : Optional.empty());
  }
}
