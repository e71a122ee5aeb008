package io.numa.avatar.server.page;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes HTML of a Git diff: a span for each line, with a class that tells what the line is. What a
 * line is follows from the counts of its hunk, so that no content can pass for a header.
 *
 * @param added how many lines it adds
 * @param removed how many lines it removes
 */
record DiffHtml(String html, int added, int removed) {
  private static final Pattern HUNK =
      Pattern.compile("@@ -\\d{1,9}(?:,(\\d{1,9}))? \\+\\d{1,9}(?:,(\\d{1,9}))? @@.*");

  static DiffHtml of(String diff) {
    var lines = new Lines();
    // Git ends lines by line feeds alone.
    for (String line : diff.stripTrailing().split("\n", -1)) {
      lines.add(line);
    }
    return new DiffHtml(lines.html.toString(), lines.added, lines.removed);
  }

  private static final class Lines {
    private final StringBuilder html = new StringBuilder();
    private int added;
    private int removed;
    private long oldLeft;
    private long newLeft;

    void add(String line) {
      html.append("<span class=\"")
          .append(kind(line))
          .append("\">")
          .append(Templates.escaped(line))
          .append("\n</span>");
    }

    private String kind(String line) {
      return oldLeft > 0 || newLeft > 0 ? content(line) : header(line);
    }

    private String content(String line) {
      char first = line.isEmpty() ? ' ' : line.charAt(0);
      if (first == '\\') {
        return "meta";
      }
      oldLeft -= first == '+' ? 0 : 1;
      newLeft -= first == '-' ? 0 : 1;
      added += first == '+' ? 1 : 0;
      removed += first == '-' ? 1 : 0;
      return first == '+' ? "add" : first == '-' ? "del" : "same";
    }

    private String header(String line) {
      Matcher hunk = HUNK.matcher(line);
      if (hunk.matches()) {
        oldLeft = count(hunk.group(1));
        newLeft = count(hunk.group(2));
        return "hunk";
      }
      return line.startsWith("diff --git ") ? "file" : "meta";
    }

    private static long count(@Nullable String group) {
      return group == null ? 1 : Long.parseLong(group);
    }
  }
}
