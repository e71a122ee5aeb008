package io.numa.avatar.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.plan.TestPolicy.FailOn;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestPolicyTest {
  @ParameterizedTest
  @CsvSource({
    ",      ,    false, ANY",
    "true,  ,    true,  ANY",
    ",      NEW, true,  NEW",
    "false, NEW, false, NEW",
    "true,  ANY, true,  ANY",
  })
  void wantsABaselineWhereItDecidesUnlessToldOtherwise(
      Boolean baseline, FailOn failOn, boolean wanted, FailOn failsOn) {
    var policy = new TestPolicy(Optional.ofNullable(baseline), Optional.ofNullable(failOn));

    assertThat(policy.wantsBaseline()).isEqualTo(wanted);
    assertThat(policy.failsOn()).isEqualTo(failsOn);
  }

  @Test
  void isEmptyOnlyIfNeitherPolicySaysAnything() {
    var plan = new TestPolicy(Optional.of(false), Optional.empty());
    var configuration = new TestPolicy(Optional.of(true), Optional.of(FailOn.NEW));

    assertThat(plan.or(configuration))
        .isEqualTo(new TestPolicy(Optional.of(false), Optional.of(FailOn.NEW)));
    assertThat(TestPolicy.UNSAID.or(configuration)).isEqualTo(configuration);
  }

  @Test
  void spellsFailuresAsItReadsThem() {
    for (FailOn failOn : FailOn.values()) {
      assertThat(FailOn.of(failOn.word())).isEqualTo(failOn);
    }
  }
}
