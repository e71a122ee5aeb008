package io.numa.avatar.backend.internal.read;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The paragraph that an avatar adds to a task's description to say why an attempt failed. It is the
 * only place for that on a backend that keeps no details.
 */
public final class ExplainedDescription {
  private static final String MARK = "[Numa Avatar]";

  private static final Pattern AFTER_LINE = Pattern.compile("(?<=\n)");

  private ExplainedDescription() {}

  /** The description without the paragraph and the blank lines before it. */
  public static String without(String description) {
    if (!description.contains(MARK)) {
      return description;
    }
    var rest = new StringBuilder();
    boolean inside = false;
    boolean found = false;
    for (String line : AFTER_LINE.split(description, -1)) {
      boolean before = inside;
      inside = line.stripLeading().startsWith(MARK + " ") || (inside && !line.isBlank());
      if (inside && !before) {
        found = true;
        stripTrailing(rest);
      } else if (!inside) {
        rest.append(before ? "\n" : "").append(line);
      }
    }
    return found ? rest.toString().stripTrailing() : description;
  }

  private static void stripTrailing(StringBuilder text) {
    int end = text.length();
    while (end > 0 && Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    text.setLength(end);
  }

  /**
   * The description with {@code explanation} as its last paragraph, in place of an earlier one.
   *
   * @param explanation one line; empty for none
   */
  public static String with(String description, Optional<String> explanation) {
    String rest = without(description);
    if (explanation.isEmpty()) {
      return rest;
    }
    String line = MARK + " " + explanation.get().replaceAll("\\s*\\R\\s*", " / ").strip();
    return rest.isBlank() ? line : rest.stripTrailing() + "\n\n" + line;
  }
}
