package io.numa.avatar.plan;

import java.util.Locale;
import java.util.Optional;

/**
 * What failures of the tests mean, as far as somebody has said so.
 *
 * @param baseline whether the tests run on the base commit too; where nobody says, only if it
 *     decides which failures count
 * @param failOn which failures fail the task; where nobody says, any
 */
public record TestPolicy(Optional<Boolean> baseline, Optional<FailOn> failOn) {
  public static final TestPolicy UNSAID = new TestPolicy(Optional.empty(), Optional.empty());

  /** Failures that fail a task. */
  public enum FailOn {
    ANY,
    /** Those that the base commit has not; without a baseline, any. */
    NEW;

    /**
     * Reads {@code any} or {@code new}.
     *
     * @throws IllegalArgumentException if it is another word
     */
    public static FailOn of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** The word that plans and configurations have for it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** This policy, and {@code other} where it is silent. */
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
