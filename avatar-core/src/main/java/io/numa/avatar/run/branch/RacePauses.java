package io.numa.avatar.run.branch;

import io.numa.avatar.time.Durations;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Computes how long to wait before replaying a commit that lost a race for its branch. A replayed
 * commit can be pushed only if no other commit is pushed while its tests run. So the commits that
 * lost to the same commit must not all start again together: each waits a random time. The range of
 * that time is long enough to test several commits one after the other, and grows after each loss.
 */
public final class RacePauses {
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final Duration SHORTEST_RUN = Duration.ofMillis(5);
  private static final int FIRST = 2;
  private static final int GROWTH = 8;

  private final RandomGenerator random;

  public RacePauses() {
    this(new SplittableRandom());
  }

  RacePauses(RandomGenerator random) {
    this.random = random;
  }

  /**
   * Gives the pause before the next replay.
   *
   * @param replays how many replays there were before
   * @param run how long the last try took, from its start until it lost the race
   */
  public Duration after(int replays, Duration run) {
    Duration one = Durations.longer(run, SHORTEST_RUN);
    long times = FIRST * (long) Math.pow(GROWTH, replays);
    long ceiling = Math.min(LONGEST.toMillis(), one.toMillis() * times);
    return Duration.ofMillis(random.nextLong(ceiling + 1));
  }
}
