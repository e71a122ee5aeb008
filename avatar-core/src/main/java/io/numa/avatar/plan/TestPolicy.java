package io.numa.avatar.plan;

import java.util.Locale;
import java.util.Optional;

/**
 * What failures of the tests mean.
 *
 * @param baseline whether the tests run on the base commit too; if empty, only when {@code failOn}
 *     needs it
 * @param failOn which failures fail the task; if empty, any
 */
public record TestPolicy(Optional<Boolean> baseline, Optional<FailOn> failOn) {
  public static final TestPolicy UNSAID = new TestPolicy(Optional.empty(), Optional.empty());

  /** Failures that fail a task. */
  public enum FailOn {
    ANY,
    /** Failures that the base commit does not have; without a baseline, any. */
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

  /** This policy, with {@code other} for its empty parts. */
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
