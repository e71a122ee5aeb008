package io.numa.avatar.agent;

import io.numa.avatar.testkit.ElapsedTime;
import io.numa.avatar.time.TimeSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

/** A time that a test can move ahead, while the clock on the wall stands still. */
final class PassingTime implements TimeSource {
  static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

  private final ElapsedTime elapsed = new ElapsedTime();

  void pass(Duration duration) {
    elapsed.pass(duration);
  }

  @Override
  public Clock clock() {
    return Clock.fixed(NOW, ZoneOffset.UTC);
  }

  @Override
  public long nanoTime() {
    return elapsed.getAsLong();
  }
}
