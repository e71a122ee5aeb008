package io.numa.avatar.cli.console.operation;

import java.util.ArrayList;
import java.util.List;
import org.jline.utils.WCWidth;

/** Measures text in the cells of a terminal. A Chinese character takes two, an accent none. */
final class Cells {
  private static final String MORE = "…";

  private Cells() {}

  static int width(String text) {
    return text.codePoints().map(Cells::width).sum();
  }

  private static int width(int point) {
    return Math.max(0, WCWidth.wcwidth(point));
  }

  /** The text with blanks at its end, so that it takes {@code width} cells. */
  static String left(String text, int width) {
    return text + blanks(width - width(text));
  }

  /** The text with blanks before it, so that it takes {@code width} cells. */
  static String right(String text, int width) {
    return blanks(width - width(text)) + text;
  }

  private static String blanks(int count) {
    return " ".repeat(Math.max(0, count));
  }

  /** The beginning of the text, with a mark at its end if it is cut. */
  static String cut(String text, int width) {
    return width(text) <= width ? text : text.substring(0, fitting(text, width - 1)) + MORE;
  }

  /** The length of the longest beginning that takes {@code width} cells at most. */
  private static int fitting(String text, int width) {
    int taken = 0;
    int end = 0;
    while (end < text.length()) {
      int point = text.codePointAt(end);
      taken += width(point);
      if (taken > width) {
        return end;
      }
      end += Character.charCount(point);
    }
    return end;
  }

  /** Breaks a line between words; a longer word, and text without blanks, within. */
  static List<String> wrap(String line, int width) {
    var lines = new ArrayList<String>();
    String rest = line;
    while (width(rest) > width) {
      int fitting = Math.max(fitting(rest, width), Character.charCount(rest.codePointAt(0)));
      int blank = rest.lastIndexOf(' ', fitting);
      int end = blank > 0 ? blank : fitting;
      lines.add(rest.substring(0, end));
      rest = rest.substring(end).stripLeading();
    }
    lines.add(rest);
    return lines;
  }
}
