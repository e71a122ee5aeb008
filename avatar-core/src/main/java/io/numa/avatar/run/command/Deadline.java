package io.numa.avatar.run.command;

import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.StageFailedException;
import io.numa.avatar.time.Durations;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** The time limit of an attempt. */
public final class Deadline {
  private final Clock clock;
  private final Duration allowed;
  private final Instant end;

  public Deadline(Clock clock, Duration allowed) {
    this.clock = clock;
    this.allowed = allowed;
    this.end = clock.instant().plus(allowed);
  }

  /** The time left; never negative. */
  public Duration left() {
    Duration left = Duration.between(clock.instant(), end);
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** The message for when no time is left. */
  public String passed() {
    return "the task took longer than " + Durations.text(allowed);
  }

  /** The shorter of {@code wanted} and the time left. */
  Duration limit(Duration wanted) throws StageFailedException {
    check();
    return Durations.shorter(Duration.between(clock.instant(), end), wanted);
  }

  /**
   * Checks that time is left.
   *
   * @throws StageFailedException of kind {@code TIMEOUT} if no time is left
   */
  public void check() throws StageFailedException {
    if (!clock.instant().isBefore(end)) {
      throw new StageFailedException(FailureKind.TIMEOUT, passed());
    }
  }
}
