package io.numa.avatar.run;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before a commit that lost a race is replayed. It is pushed if no other commit is
 * while it is tested. So it must not begin together with all others that lost to the same commit: a
 * random moment is chosen, out of a time in which many could be tested one by one. After each loss
 * that time is longer.
 */
final class RacePauses {
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final Duration SHORTEST_RUN = Duration.ofMillis(5);
  private static final int FIRST = 2;
  private static final int GROWTH = 8;

  private final RandomGenerator random;

  RacePauses() {
    this(RandomGenerator.getDefault());
  }

  RacePauses(RandomGenerator random) {
    this.random = random;
  }

  /**
   * Gives the pause before the next replay.
   *
   * @param replays how many there were before
   * @param run how long the last try took, from where it began to where it lost
   */
  Duration after(int replays, Duration run) {
    Duration one = run.compareTo(SHORTEST_RUN) < 0 ? SHORTEST_RUN : run;
    long times = FIRST * (long) Math.pow(GROWTH, replays);
    long ceiling = Math.min(LONGEST.toMillis(), one.toMillis() * times);
    return Duration.ofMillis(random.nextLong(ceiling + 1));
  }
}
