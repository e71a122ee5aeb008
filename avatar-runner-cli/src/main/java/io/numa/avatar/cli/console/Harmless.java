package io.numa.avatar.cli.console;

import io.numa.avatar.text.CleanText;

/** Makes text from tasks, servers and files safe to print on a terminal. */
public final class Harmless {
  private Harmless() {}

  /** The text without what a terminal obeys or people do not see; keeps tabs and line ends. */
  public static String text(String text) {
    return CleanText.of(text).text();
  }

  /** The same on one line, so that it has a known width. */
  public static String line(String line) {
    return CleanText.of(line).line();
  }

  /**
   * A line of a file. It shows by a mark each control character, and each character that changes
   * the direction of text, as they are a part of the file.
   */
  static String content(String line) {
    return line.replaceAll("[\\p{Cc}\\u202a-\\u202e\\u2066-\\u2069&&[^\t]]", "\ufffd");
  }
}
