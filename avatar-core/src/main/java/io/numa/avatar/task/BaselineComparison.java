package io.numa.avatar.task;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Compares the failures of a run with those of a run on the base commit, by the tests' names.
 *
 * @param added failures that the base commit does not have
 * @param fixed failures of the base commit that passed
 * @param preExisting failures that the base commit has too
 * @param unnamed present if the command failed and no report names a failed test
 */
public record BaselineComparison(
    Names added, Names fixed, Names preExisting, Optional<Unnamed> unnamed) {

  /** Whether something fails that does not fail on the base commit. */
  public boolean regressed() {
    return added.count() > 0 || unnamed.equals(Optional.of(Unnamed.NEW));
  }

  /** Whether the base commit has every failure, by name. */
  public boolean explainsAll() {
    return added.count() == 0 && unnamed.isEmpty();
  }

  /** The same comparison with every name changed by {@code change}. */
  public BaselineComparison withNames(UnaryOperator<String> change) {
    return new BaselineComparison(
        added.with(change), fixed.with(change), preExisting.with(change), unnamed);
  }

  /** A failure without a name in any report, such as that of a build that does not compile. */
  public enum Unnamed {
    NEW,
    /** The base commit also failed without a name. */
    PRE_EXISTING;

    /** The word for it in statuses. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Names of tests.
   *
   * @param count how many names there are
   * @param first the first ones, at most {@value TestReport#MAX_FAILURES}, in the order found
   */
  public record Names(int count, List<String> first) {
    public Names {
      first = List.copyOf(first);
    }

    /** Counts all of {@code names}, and keeps the first ones. */
    public static Names of(List<String> names) {
      return new Names(
          names.size(), names.subList(0, Math.min(names.size(), TestReport.MAX_FAILURES)));
    }

    private Names with(UnaryOperator<String> change) {
      return new Names(count, first.stream().map(change).toList());
    }
  }
}
