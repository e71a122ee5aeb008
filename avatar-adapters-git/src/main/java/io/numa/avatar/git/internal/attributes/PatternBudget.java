package io.numa.avatar.git.internal.attributes;

import io.numa.avatar.git.internal.support.SmallFile;
import io.numa.avatar.port.PortException;
import io.numa.avatar.task.FailureKind;
import java.util.List;

/**
 * How much may be spent on the patterns of a repository, from one reading or writing of a tree to
 * its end. The time of one match is bounded by the lengths, but a repository may have many patterns
 * and many names. Counted in steps, not in time, so that the outcome does not depend on the
 * machine. Not thread-safe.
 */
public final class PatternBudget {
  /**
   * A step is a pattern that is tried, or a state of a pattern that a byte is compared with. A
   * million files and 1,000 usual patterns take half of this. A line counts as many steps, as it
   * takes memory; so a tree may have two million lines of patterns.
   */
  private static final long STEPS = 2_000_000_000L;

  private static final long LINE = 1000;
  private static final long BYTE = 2;

  private long left;

  public PatternBudget() {
    this(STEPS);
  }

  PatternBudget(long steps) {
    this.left = steps;
  }

  /**
   * Takes some steps.
   *
   * @throws PortException of kind {@code DENIED} if there are not enough left
   */
  void spend(long steps) {
    left -= steps;
    if (left < 0) {
      throw new PortException(
          FailureKind.DENIED,
          "could not apply the rules of the repository: it would take too long to match its paths"
              + " with the patterns in its .gitignore, .gitattributes and .lfsconfig files");
    }
  }

  /**
   * Takes the steps that patterns cost before they are compiled.
   *
   * @throws PortException of kind {@code DENIED} if there are not enough left
   */
  public void takeLines(List<String> lines) {
    spend(LINE * lines.size() + BYTE * lines.stream().mapToLong(String::length).sum());
  }

  /** Reads the lines of a file with patterns, and takes their steps. */
  List<String> lines(SmallFile file) {
    List<String> lines = file.lines();
    takeLines(lines);
    return lines;
  }
}
