package io.numa.avatar.egress.internal.relay;

import java.nio.ByteBuffer;
import java.time.Duration;

/** Before the first stage, and after the last one. */
final class ClosedStage implements Stage {
  @Override
  public void received(ByteBuffer bytes) {}

  @Override
  public void ended() {}

  @Override
  public Duration limit() {
    return Duration.ofDays(1);
  }

  @Override
  public void expired() {}
}
