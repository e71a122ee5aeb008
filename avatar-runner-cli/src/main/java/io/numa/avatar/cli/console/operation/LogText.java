package io.numa.avatar.cli.console.operation;

import io.numa.avatar.cli.console.Harmless;
import java.io.PrintWriter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Prints the log of an attempt, part by part, with its colours where the terminal has some. */
public final class LogText {
  private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;:]*m");
  private static final String PLAIN = "\u001b[0m";

  private final PrintWriter out;
  private final boolean coloured;
  private boolean painted;

  /**
   * @param coloured whether the colours are kept
   */
  public LogText(PrintWriter out, boolean coloured) {
    this.out = out;
    this.coloured = coloured;
  }

  /** Prints a part. */
  public void add(String part) {
    Matcher colours = COLOUR.matcher(part);
    int end = 0;
    while (colours.find()) {
      out.print(Harmless.text(part.substring(end, colours.start())));
      if (coloured) {
        out.print(colours.group());
        painted = true;
      }
      end = colours.end();
    }
    out.print(Harmless.text(part.substring(end)));
    out.flush();
  }

  /** Leaves the terminal without colours. */
  public void end() {
    if (painted) {
      out.print(PLAIN);
      out.flush();
    }
  }
}
