package io.numa.avatar.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class ManualClockTest {
  private final ManualClock clock = ManualClock.at("2025-08-03T10:00:00Z");

  @Test
  void standsStillUntilItIsAdvanced() {
    clock.advance(Duration.ofMinutes(90));

    assertThat(clock.instant()).isEqualTo("2025-08-03T11:30:00Z");
    assertThat(clock.instant()).isEqualTo("2025-08-03T11:30:00Z");
  }

  @Test
  void movesItsCopiesOfOtherZones() {
    var elsewhere = clock.withZone(ZoneId.of("Asia/Tokyo"));

    clock.set(Instant.parse("2030-01-01T00:00:00Z"));

    assertThat(elsewhere.instant()).isEqualTo("2030-01-01T00:00:00Z");
    assertThat(elsewhere.getZone()).isEqualTo(ZoneId.of("Asia/Tokyo"));
  }
}
