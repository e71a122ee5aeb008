package io.numa.avatar.cli.console;

/** Makes text that others wrote safe to print on a terminal. */
final class Harmless {
  private Harmless() {}

  /** Marks all control characters but tabs and line ends, those of eight bits too. */
  static String text(String text) {
    return text.replaceAll("[\\p{Cc}&&[^\t\n]]", "\ufffd");
  }

  /** Marks tabs and line ends as well, so that it stays one line of a known width. */
  static String line(String line) {
    return line.replaceAll("\\p{Cc}", "\ufffd");
  }

  /**
   * What a command printed, without its colours; where it returned to the line's start, it ends.
   */
  static String output(String text) {
    return text(text.replaceAll("\u001b\\[[0-9;]*m", "").replaceAll("\r+\n?", "\n"));
  }
}
