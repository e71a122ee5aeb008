package io.numa.avatar.cli.console;

/** Makes text from tasks, servers and commands safe to print on a terminal. */
public final class Harmless {
  private Harmless() {}

  /**
   * Replaces all control characters, eight-bit ones included, by a mark; keeps tabs and line ends.
   */
  public static String text(String text) {
    return text.replaceAll("[\\p{Cc}&&[^\t\n]]", "\ufffd");
  }

  /** Also replaces tabs and line ends, so that the text stays one line of a known width. */
  public static String line(String line) {
    return line.replaceAll("\\p{Cc}", "\ufffd");
  }

  /** A command's output without colours. A carriage return ends the line. */
  static String output(String text) {
    return text(text.replaceAll("\u001b\\[[0-9;]*m", "").replaceAll("\r+\n?", "\n"));
  }
}
