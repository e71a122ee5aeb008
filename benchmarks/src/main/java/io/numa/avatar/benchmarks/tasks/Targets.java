package io.numa.avatar.benchmarks.tasks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Compares the measurements with their targets. */
final class Targets {
  private static final double COLD = 1.3;
  private static final double WARM = 0.3;
  private static final double WARM_TO_KEPT = 0.6;

  /** The target for the heap, in MB. */
  private static final double HEAP = 256;

  private Targets() {}

  /** A table of all targets, each met or missed. */
  static String table(List<TrialResult> results, int heapLimit) {
    var text =
        new StringBuilder(
            """
            ## Targets

            | repository | | limit | measured | |
            |---|---|---:|---:|---|
            """);
    for (TrialResult result : results) {
      for (List<String> row : rows(result, heapLimit)) {
        text.append(TaskReport.row(row));
      }
    }
    return text.toString();
  }

  private static List<List<String>> rows(TrialResult result, int heapLimit) {
    List<List<String>> rows = new ArrayList<>();
    double full = median(result, Phase.COLD, Side.FULL);
    rows.add(row(result, "cold to the full clone", COLD, median(result, Phase.COLD) / full));
    warm(rows, result, "warm", Phase.MOVED, Phase.MOVED);
    warm(rows, result, "warm, not moved", Phase.UNMOVED, Phase.UNMOVED);
    warm(rows, result, "first warm", Phase.FIRST_WARM, Phase.MOVED);
    double used = result.heap().afterCollection() / 1e6;
    String what = "heap in MB, most after a collection, with `-Xmx" + heapLimit + "m`";
    rows.add(row(result, what, HEAP, used));
    return rows;
  }

  private static void warm(
      List<List<String>> rows, TrialResult result, String what, Phase ours, Phase theirs) {
    double shallow = median(result, theirs, Side.SHALLOW);
    double worktree = median(result, theirs, Side.WORKTREE);
    String better = shallow < worktree ? "(a)" : "(b)";
    double warm = median(result, ours);
    rows.add(row(result, what + " to " + better, WARM, warm / Math.min(shallow, worktree)));
    double kept = median(result, theirs, Side.KEPT);
    rows.add(row(result, what + " to (c)", WARM_TO_KEPT, warm / kept));
  }

  private static double median(TrialResult result, Phase phase) {
    return median(result, phase, Side.AVATAR);
  }

  private static double median(TrialResult result, Phase phase, Side side) {
    return result.times(phase, side).median();
  }

  private static List<String> row(TrialResult result, String what, double limit, double measured) {
    return List.of(
        result.name(),
        what,
        number(limit),
        number(measured),
        measured <= limit ? "met" : "**missed**");
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.0f", value);
  }
}
