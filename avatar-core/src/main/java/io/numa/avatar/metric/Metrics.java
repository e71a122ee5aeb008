package io.numa.avatar.metric;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * Takes what is counted and measured. Cheap: the callers do not wait. Safe for use by several
 * threads.
 *
 * <p>Labels are given in the order of {@link Metric#labels}. Their values are few, and never a
 * task, a branch or a repository.
 */
public interface Metrics {
  /** Forgets everything. */
  Metrics NONE =
      new Metrics() {
        @Override
        public void add(Metric metric, double amount, String... labels) {}

        @Override
        public void time(Metric metric, Duration time, String... labels) {}

        @Override
        public void set(Metric metric, double value, String... labels) {}

        @Override
        public void watch(Metric metric, DoubleSupplier value, String... labels) {}
      };

  /** Adds an amount, which is not negative, to a {@code COUNT}. */
  void add(Metric metric, double amount, String... labels);

  /** Adds one to a {@code COUNT}. */
  default void count(Metric metric, String... labels) {
    add(metric, 1, labels);
  }

  /** Adds a time, of which a negative one counts as zero, to a {@code TIME}. */
  void time(Metric metric, Duration time, String... labels);

  /** Sets a {@code LEVEL}. */
  void set(Metric metric, double value, String... labels);

  /**
   * Has a {@code COUNT} or a {@code LEVEL} read whenever it is shown, in place of what was set.
   *
   * @param value is called by any thread, answers at once, and does not throw
   */
  void watch(Metric metric, DoubleSupplier value, String... labels);
}
