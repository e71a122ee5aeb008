package io.numa.avatar.git.internal.support;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A name that Git has quoted like a C string, with octal numbers for bytes. Each character is a
 * byte.
 *
 * @param text the name
 * @param end the position after the closing quote
 */
public record CQuoted(String text, int end) {
  private static final String ESCAPES = "abtnvfr\"\\";
  private static final String ESCAPED = "\007\b\t\n\013\f\r\"\\";
  private static final Pattern ESCAPE =
      Pattern.compile("\\\\(?:([abtnvfr\"\\\\])|([0-3][0-7]{2}))");

  /** Reads a quoted name that begins at a position; empty if there is none, or it is damaged. */
  public static Optional<CQuoted> read(String line, int start) {
    if (start >= line.length() || line.charAt(start) != '"') {
      return Optional.empty();
    }
    var text = new StringBuilder();
    Matcher escape = ESCAPE.matcher(line);
    int at = start + 1;
    while (at < line.length() && line.charAt(at) != '"') {
      if (line.charAt(at) != '\\') {
        text.append(line.charAt(at));
        at++;
        continue;
      }
      if (!escape.region(at, line.length()).lookingAt()) {
        return Optional.empty();
      }
      text.append(
          escape.group(1) != null
              ? ESCAPED.charAt(ESCAPES.indexOf(escape.group(1)))
              : (char) Integer.parseInt(escape.group(2), 8));
      at = escape.end();
    }
    return at < line.length()
        ? Optional.of(new CQuoted(text.toString(), at + 1))
        : Optional.empty();
  }
}
