package io.numa.avatar.benchmarks.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {
  @Test
  void tellsTheMiddleAndTheEnds() {
    assertThat(Spread.ofNanos(List.of(30_000_000L, 10_000_000L, 5_000_000L, 20_000_000L)))
        .isEqualTo(new Spread(15, 5, 30))
        .hasToString("15 (5.0–30)");
    assertThat(Spread.ofNanos(List.of())).hasToString("");
  }
}
