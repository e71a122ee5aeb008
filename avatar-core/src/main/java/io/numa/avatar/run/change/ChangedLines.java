package io.numa.avatar.run.change;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Counts the added and removed lines of the text files in a Git diff. Not thread-safe. */
final class ChangedLines extends OutputStream {
  private static final Pattern HUNK =
      Pattern.compile("@@ -\\d+(?:,(\\d{1,18}))? \\+\\d+(?:,(\\d{1,18}))? @@.*");

  /** More of a line is not needed. */
  private static final int BEGINNING = 80;

  private final ByteArrayOutputStream line = new ByteArrayOutputStream(BEGINNING);
  private long insertions;
  private long deletions;

  /** How many lines of the current hunk are still to come, on either side. */
  private long oldLines;

  private long newLines;

  long insertions() {
    return insertions;
  }

  long deletions() {
    return deletions;
  }

  @Override
  public void write(int value) {
    if (value == '\n') {
      endLine();
    } else if (line.size() < BEGINNING) {
      line.write(value);
    }
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    for (int at = offset; at < offset + length; at++) {
      write(bytes[at]);
    }
  }

  private void endLine() {
    String text = line.toString(US_ASCII);
    line.reset();
    if (oldLines > 0 || newLines > 0) {
      count(text.isEmpty() ? ' ' : text.charAt(0));
      return;
    }
    Matcher hunk = HUNK.matcher(text);
    if (hunk.matches()) {
      oldLines = length(hunk.group(1));
      newLines = length(hunk.group(2));
    }
  }

  private static long length(String text) {
    return text == null ? 1 : Long.parseLong(text);
  }

  private void count(char mark) {
    if (mark == '+') {
      insertions++;
      newLines--;
    } else if (mark == '-') {
      deletions++;
      oldLines--;
    } else if (mark != '\\') { // a backslash begins the note that a file ends without a line end
      oldLines--;
      newLines--;
    }
  }
}
