package io.numa.avatar.run.test.report;

import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Splits the output of a command into lines, as a terminal shows them: without colours, and without
 * what a carriage return overwrites. Not thread-safe.
 */
final class OutputLines implements Consumer<String> {
  /** The rest of a longer line is left out. */
  private static final int MAX_CHARS = 1 << 16;

  private static final Pattern ESCAPES =
      Pattern.compile("\u001b(\\[[0-9;?]*[ -/]*[@-~]|[@-Z\\\\-_])");

  private final List<Consumer<String>> readers;
  private final StringBuilder line = new StringBuilder();

  OutputLines(List<Consumer<String>> readers) {
    this.readers = List.copyOf(readers);
  }

  @Override
  public void accept(String text) {
    int start = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      add(text, start, end);
      endLine();
      start = end + 1;
    }
    add(text, start, text.length());
  }

  private void add(String text, int start, int end) {
    line.append(text, start, Math.min(end, start + MAX_CHARS - line.length()));
  }

  private void endLine() {
    String shown = line.toString().stripTrailing();
    line.setLength(0);
    if (shown.indexOf('\u001b') >= 0) {
      shown = ESCAPES.matcher(shown).replaceAll("");
    }
    String last = shown.substring(shown.lastIndexOf('\r') + 1);
    readers.forEach(reader -> reader.accept(last));
  }

  /** Passes on the last line, which may have no end. */
  void end() {
    if (!line.isEmpty()) {
      endLine();
    }
  }
}
