package io.numa.avatar.cli.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import picocli.CommandLine.Help.Ansi;

/** Prints a Git diff line by line, in colour where colours are wanted; holds one line at a time. */
public final class DiffPrinter extends OutputStream {
  /** A longer line is printed in pieces, so that memory stays bounded. */
  private static final int LONGEST_LINE = 64 * 1024;

  private final PrintWriter out;
  private final Ansi ansi;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  public DiffPrinter(PrintWriter out, Ansi ansi) {
    this.out = out;
    this.ansi = ansi;
  }

  @Override
  public void write(int unit) {
    if (unit == '\n' || line.size() >= LONGEST_LINE) {
      print();
    }
    if (unit != '\n') {
      line.write(unit);
    }
  }

  private void print() {
    // The text is a stranger's: it must not be able to steer the terminal.
    String text = line.toString(UTF_8).replaceAll("[\\p{Cntrl}&&[^\t]]", "\ufffd");
    line.reset();
    out.println(ansi.enabled() ? "\u001b[" + colour(text) + "m" + text + "\u001b[0m" : text);
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
