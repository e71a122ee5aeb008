package io.numa.avatar.run.history;

import java.time.Duration;

/**
 * How long ended tasks stay in the journal, with their logs.
 *
 * @param keep the time after which an ended task goes
 * @param maxSize the bytes that all files below the folder of the logs may have; where they have
 *     more, the tasks that ended first go before their time
 */
public record HistoryLimits(Duration keep, long maxSize) {
  /** 30 days and 2 GiB. */
  public static final HistoryLimits DEFAULTS = new HistoryLimits(Duration.ofDays(30), 2L << 30);
}
