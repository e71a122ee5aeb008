package io.numa.avatar.metric;

import io.numa.avatar.port.UnauthorizedException;
import java.util.function.Predicate;

/** Counts polls by their results. */
record CountedPolls(Metrics metrics) {
  /** Asks for messages or tasks. */
  interface Poll<T> {
    T make() throws InterruptedException;
  }

  /**
   * Makes a poll, and counts it.
   *
   * @param isEmpty whether an answer holds nothing
   */
  <T> T counted(Poll<T> poll, Predicate<T> isEmpty) throws InterruptedException {
    try {
      T answer = poll.make();
      metrics.count(Metric.POLLS, isEmpty.test(answer) ? "none" : "messages");
      return answer;
    } catch (UnauthorizedException e) {
      metrics.count(Metric.POLLS, "refused");
      throw e;
    } catch (RuntimeException e) {
      metrics.count(Metric.POLLS, "failed");
      throw e;
    }
  }
}
