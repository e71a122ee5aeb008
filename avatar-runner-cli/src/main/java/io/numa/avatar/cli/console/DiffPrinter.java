package io.numa.avatar.cli.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import picocli.CommandLine.Help.Ansi;

/** Prints a Git diff line by line, in colour if requested. Holds one line in memory. */
public final class DiffPrinter extends OutputStream {
  /** A longer line is printed in pieces, so that memory stays bounded. */
  private static final int LONGEST_LINE = 64 * 1024;

  private static final int OUTSIDE = -1;

  private final PrintWriter out;
  private final Ansi ansi;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private boolean started;

  /** The lines of a binary file so far; negative outside of one. */
  private int binaryLines = OUTSIDE;

  private int colour;

  public DiffPrinter(PrintWriter out, Ansi ansi) {
    this.out = out;
    this.ansi = ansi;
  }

  @Override
  public void write(int unit) {
    if (unit == '\n') {
      print();
      started = false;
      return;
    }
    if (line.size() >= LONGEST_LINE && !continuesCharacter(unit)) {
      print();
    }
    line.write(unit);
  }

  private static boolean continuesCharacter(int unit) {
    return (unit & 0b1100_0000) == 0b1000_0000;
  }

  private void print() {
    String text = Harmless.content(lineEndShown(line.toString(UTF_8)));
    line.reset();
    if (!started) {
      started = true;
      if (isFolded(text)) {
        return;
      }
      colour = colour(text);
    }
    boolean coloured = ansi.enabled() && colour != 0;
    out.println(coloured ? "\u001b[" + colour + "m" + text + "\u001b[0m" : text);
  }

  /**
   * Whether a line is left out: of a binary file, all lines but the heading and the size. Without
   * colours the whole diff is printed, as a program may read it.
   */
  private boolean isFolded(String text) {
    if (!ansi.enabled()) {
      return false;
    }
    if (text.equals("GIT binary patch")) {
      binaryLines = 0;
    } else if (text.startsWith("diff ")) {
      binaryLines = OUTSIDE;
    } else if (binaryLines != OUTSIDE) {
      binaryLines++;
    }
    return binaryLines > 1;
  }

  /** Shows a carriage return at the end as {@code ^M}, as Git does. */
  private static String lineEndShown(String text) {
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) + "^M" : text;
  }

  private static int colour(String text) {
    if (text.startsWith("+++") || text.startsWith("---") || text.startsWith("diff ")) {
      return 1;
    }
    return switch (text.isEmpty() ? ' ' : text.charAt(0)) {
      case '+' -> 32;
      case '-' -> 31;
      case '@' -> 36;
      default -> 0;
    };
  }

  @Override
  public void close() {
    if (line.size() > 0) {
      print();
    }
    out.flush();
  }
}
