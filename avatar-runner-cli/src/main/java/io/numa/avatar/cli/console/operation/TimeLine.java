package io.numa.avatar.cli.console.operation;

import io.numa.avatar.time.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Draws the stages of an attempt below each other, each as a bar at its place in time.
 *
 * @param outcome of the attempt; colours its last stage
 */
record TimeLine(List<StageSpan> spans, String outcome) {
  private static final int LABEL = 12;
  private static final int TIME = 11;
  private static final int INDENT = 2;
  private static final int MOST = 60;

  List<String> lines(Sheet sheet) {
    var lines = new ArrayList<String>();
    int cells = Math.min(MOST, sheet.width() - INDENT - LABEL - TIME - INDENT);
    for (int i = 0; i < spans.size(); i++) {
      StageSpan span = spans.get(i);
      String bar = bar(span, Math.max(1, cells));
      boolean last = i + 1 == spans.size();
      lines.add(
          "  "
              + sheet.paint().dim(Cells.left(span.stage(), LABEL))
              + Cells.right(Durations.text(span.time()), TIME)
              + "  "
              + (last ? sheet.outcome(outcome, bar) : sheet.paint().green(bar)));
    }
    return lines;
  }

  private String bar(StageSpan span, int cells) {
    Instant begin = spans.get(0).from();
    Instant end = spans.get(spans.size() - 1).to();
    double total = Math.max(1, Duration.between(begin, end).toMillis());
    int from = (int) (Duration.between(begin, span.from()).toMillis() / total * cells);
    int to = (int) Math.round(Duration.between(begin, span.to()).toMillis() / total * cells);
    int start = Math.max(0, Math.min(from, cells - 1));
    return " ".repeat(start) + (to > start ? "█".repeat(to - start) : "▏");
  }
}
