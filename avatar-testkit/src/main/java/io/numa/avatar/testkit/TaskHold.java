package io.numa.avatar.testkit;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Decides which avatar holds a task, and for how long, by the rules of a backend with claims and
 * leases. Not thread-safe.
 *
 * <p>The first avatar to claim a task holds it. When its lease ends, any avatar may claim the task,
 * and the backend refuses the old epoch, even before another claim. The same avatar may claim again
 * with another attempt at any time, as after a restart.
 */
public final class TaskHold {
  private final LongSupplier nanoTime;
  private String avatar = "";
  private String attempt = "";
  private long epoch;
  private boolean ends;
  private long end;

  /**
   * A task without a holder.
   *
   * @param nanoTime a monotonic time in nanoseconds, such as {@link ElapsedTime}
   */
  public TaskHold(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Whether another avatar than {@code claimant} holds the task. */
  public boolean isHeldByOther(String claimant) {
    lapse();
    return !avatar.isEmpty() && !avatar.equals(claimant);
  }

  /** Whether this epoch, if there is one, belongs to a lost lease. */
  public boolean isFenced(Optional<String> borne) {
    lapse();
    return borne.filter(other -> !other.equals(epoch())).isPresent();
  }

  /** Whether this attempt holds the task now. */
  public boolean isHeldBy(String claimingAttempt) {
    lapse();
    return !avatar.isEmpty() && attempt.equals(claimingAttempt);
  }

  /** Gives the task to an attempt, or renews its claim, for {@code lease} from now on. */
  public void claim(String claimant, String claimingAttempt, Optional<Duration> lease) {
    lapse();
    if (!avatar.equals(claimant) || !attempt.equals(claimingAttempt)) {
      avatar = claimant;
      attempt = claimingAttempt;
      epoch++;
    }
    ends = lease.isPresent();
    end = nanoTime.getAsLong() + lease.orElse(Duration.ZERO).toNanos();
  }

  /** Keeps the task with its holder for good, because it is over. */
  public void settle() {
    lapse();
    ends = false;
  }

  /** The epoch that writes of the holder must have. */
  public String epoch() {
    return String.valueOf(epoch);
  }

  private void lapse() {
    if (ends && nanoTime.getAsLong() - end >= 0) {
      avatar = "";
      attempt = "";
      ends = false;
      epoch++;
    }
  }
}
