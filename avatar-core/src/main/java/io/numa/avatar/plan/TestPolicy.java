package io.numa.avatar.plan;

import java.util.Locale;
import java.util.Optional;

/**
 * Which test failures fail a task.
 *
 * @param baseline whether the tests run on the base commit too; if empty, they run there only if
 *     {@code failOn} needs it
 * @param failOn which failures fail the task; if empty, every failure does
 */
public record TestPolicy(Optional<Boolean> baseline, Optional<FailOn> failOn) {
  public static final TestPolicy UNSAID = new TestPolicy(Optional.empty(), Optional.empty());

  /** Failures that fail a task. */
  public enum FailOn {
    ANY,
    /** Failures that the base commit does not have. Without a baseline, every failure. */
    NEW;

    /**
     * Reads {@code any} or {@code new}.
     *
     * @throws IllegalArgumentException if it is another word
     */
    public static FailOn of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** The word for it in plans and configurations. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A copy of this policy whose empty parts are taken from {@code other}. */
  public TestPolicy or(TestPolicy other) {
    return new TestPolicy(baseline.or(other::baseline), failOn.or(other::failOn));
  }

  public boolean wantsBaseline() {
    return baseline.orElse(failsOn() == FailOn.NEW);
  }

  public FailOn failsOn() {
    return failOn.orElse(FailOn.ANY);
  }
}
