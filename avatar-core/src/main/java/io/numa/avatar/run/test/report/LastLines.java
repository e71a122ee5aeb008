package io.numa.avatar.run.test.report;

import io.numa.avatar.task.TestReport;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** Keeps the last lines that are not blank. Not thread-safe. */
final class LastLines implements Consumer<String> {
  private static final int MAX_CHARS = 300;

  private final Deque<String> lines = new ArrayDeque<>();

  @Override
  public void accept(String line) {
    if (line.isBlank()) {
      return;
    }
    if (lines.size() == TestReport.MAX_LINES) {
      lines.removeFirst();
    }
    lines.add(line.length() <= MAX_CHARS ? line : line.substring(0, MAX_CHARS) + "…");
  }

  List<String> lines() {
    return List.copyOf(lines);
  }
}
