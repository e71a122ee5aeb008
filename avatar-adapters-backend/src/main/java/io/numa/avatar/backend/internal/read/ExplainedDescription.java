package io.numa.avatar.backend.internal.read;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The paragraph that an avatar adds to a task's description to say why an attempt failed. It is the
 * only place for that on a backend that keeps no details.
 */
public final class ExplainedDescription {
  private static final String MARK = "[Numa Avatar]";

  /** A paragraph that begins with the mark, and the blank lines before it. */
  private static final Pattern PARAGRAPH =
      Pattern.compile("(\\A|\\R)\\s*\\[Numa Avatar\\] [^\\r\\n]*(\\R(?!\\s*(\\R|\\z))[^\\r\\n]*)*");

  private ExplainedDescription() {}

  /** The description without the paragraph. */
  public static String without(String description) {
    return PARAGRAPH.matcher(description).find()
        ? PARAGRAPH.matcher(description).replaceAll("").stripTrailing()
        : description;
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
