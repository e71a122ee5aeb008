package io.numa.avatar.plan;

import java.util.Locale;
import java.util.Optional;

/**
 * Which test failures fail a task.
 *
 * @param baseline whether the tests run on the base commit too; if empty, they run there only if
 *     {@code failOn} needs it
 * @param failOn which failures fail the task; if empty, every failure does
 * @param repair whether a coding agent gets failures back
 * @param dilution what follows if the change weakens tests of the base commit
 */
public record TestPolicy(
    Optional<Boolean> baseline,
    Optional<FailOn> failOn,
    RepairPolicy repair,
    Optional<Dilution> dilution) {
  public static final TestPolicy UNSAID = new TestPolicy(Optional.empty(), Optional.empty());

  /** A policy that says nothing of agents. */
  public TestPolicy(Optional<Boolean> baseline, Optional<FailOn> failOn) {
    this(baseline, failOn, RepairPolicy.UNSAID, Optional.empty());
  }

  /** What follows if a change weakens tests, from the mildest to the strictest. */
  public enum Dilution {
    /** It is told. */
    REPORT,
    /** It is told, and the agent gets it back. */
    REPAIR,
    /** It is told, the agent gets it back, and the task fails if that does not help. */
    FAIL;

    /**
     * Reads {@code report}, {@code repair} or {@code fail}.
     *
     * @throws IllegalArgumentException if it is another word
     */
    public static Dilution of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** The word for it in plans and configurations. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The stricter of the two. */
    public Dilution raisedTo(Dilution other) {
      return compareTo(other) < 0 ? other : this;
    }
  }

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
    return new TestPolicy(
        baseline.or(other::baseline),
        failOn.or(other::failOn),
        repair.or(other.repair),
        raised(dilution, other.dilution));
  }

  /** The stricter one: a plan may raise the operator's, and never lower it. */
  private static Optional<Dilution> raised(Optional<Dilution> first, Optional<Dilution> second) {
    return first.isPresent() && second.isPresent()
        ? first.map(second.get()::raisedTo)
        : first.or(() -> second);
  }

  /** The policy with which tests that a change weakens are met. */
  public Dilution dilutes() {
    return dilution.orElse(Dilution.REPORT);
  }

  public boolean wantsBaseline() {
    return baseline.orElse(failsOn() == FailOn.NEW);
  }

  public FailOn failsOn() {
    return failOn.orElse(FailOn.ANY);
  }
}
