package io.numa.avatar.task.agent;

import java.util.List;
import java.util.Locale;

/**
 * How the base commit's versions of changed tests did on the changed tree.
 *
 * @param files the test files that the change touches or deletes, sorted; at most {@value
 *     #MAX_NAMED}
 * @param fewer by how many the run of the changed tests had fewer tests than that of the base's;
 *     skipped tests do not count
 * @param failing the base's tests that fail, with the first line of their messages; at most {@value
 *     #MAX_NAMED}
 */
public record DilutedTests(List<String> files, Verdict verdict, int fewer, List<String> failing) {
  /** More files and tests than this are not named. */
  public static final int MAX_NAMED = 100;

  public DilutedTests {
    files = List.copyOf(files);
    failing = List.copyOf(failing);
  }

  /** A result that names no failing tests. */
  public DilutedTests(List<String> files, Verdict verdict, int fewer) {
    this(files, verdict, fewer, List.of());
  }

  /** The result of the base's versions. */
  public enum Verdict {
    PASSED,
    FAILED,
    /** They could not be built or started, such as after the renaming of an API. */
    NOT_BUILT;

    /** The verdict as statuses spell it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whether the policy {@code fail} refuses the change. */
  public boolean weakened() {
    return verdict == Verdict.FAILED || fewer > 0;
  }
}
