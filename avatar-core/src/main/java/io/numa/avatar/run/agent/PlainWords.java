package io.numa.avatar.run.agent;

import io.numa.avatar.plan.CleanText;
import java.util.regex.Pattern;

/**
 * What agents say, without what could deceive a reader: sequences that colour a terminal, move its
 * cursor or set its title, and characters that are not seen.
 */
final class PlainWords {
  private static final Pattern SEQUENCE =
      Pattern.compile(
          "\u001b(\\[[0-?]*[ -/]*[@-~]|\\][^\u0007\u001b\n]*(\u0007|\u001b\\\\)?|[ -/]*[0-~])");

  private PlainWords() {}

  /** A secret may become whole by this, so the text is to be redacted afterwards. */
  static String of(String text) {
    boolean plain = text.chars().allMatch(c -> (c >= ' ' && c < 0x7f) || c == '\n' || c == '\t');
    return plain ? text : CleanText.of(SEQUENCE.matcher(text).replaceAll("")).text();
  }
}
