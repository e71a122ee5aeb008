package io.numa.avatar.run.test.report;

import io.numa.avatar.task.TestReport;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** Keeps the last lines that are not blank. Not thread-safe. */
final class LastLines implements Consumer<String> {
  private final Texts texts;
  private final Deque<String> lines = new ArrayDeque<>();

  LastLines(Texts texts) {
    this.texts = texts;
  }

  @Override
  public void accept(String line) {
    if (line.isBlank()) {
      return;
    }
    if (lines.size() == TestReport.MAX_LINES) {
      lines.removeFirst();
    }
    lines.add(line);
  }

  List<String> lines() {
    return lines.stream().map(texts::outputLine).toList();
  }
}
