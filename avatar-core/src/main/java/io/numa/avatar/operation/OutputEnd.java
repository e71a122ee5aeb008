package io.numa.avatar.operation;

import io.numa.avatar.text.CleanText;
import java.util.Optional;
import java.util.regex.Pattern;

/** Keeps the end of a growing text. Safe for use by several threads. */
final class OutputEnd {
  private static final int KEPT = 4096;

  /** The beginning of each line that a command has printed. */
  private static final Pattern MARK = Pattern.compile("^\\| ");

  private final StringBuilder text = new StringBuilder();

  synchronized void add(String more) {
    text.append(more, Math.max(0, more.length() - KEPT), more.length());
    if (text.length() > 2 * KEPT) {
      text.delete(0, text.length() - KEPT);
    }
  }

  /** The last line that is not blank, without colours and marks. */
  Optional<String> newestLine() {
    return CleanText.of(copy())
        .text()
        .lines()
        .map(line -> MARK.matcher(line).replaceFirst(""))
        .filter(line -> !line.isBlank())
        .reduce((earlier, later) -> later);
  }

  private synchronized String copy() {
    return text.toString();
  }
}
