package io.numa.avatar.cli.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Shows what a terminal without scrolling displays for the bytes written to it. */
final class Screen {
  private static final Pattern PIECE =
      Pattern.compile("\u001b\\[(?<count>[0-9;?]*)(?<command>[A-Za-z])|(?<plain>(?s:.))");

  private final List<StringBuilder> rows = new ArrayList<>();
  private int row;
  private int column;

  private Screen() {}

  /** The rows that are not empty, without blanks at their ends. */
  static List<String> rows(ByteArrayOutputStream bytes) {
    var screen = new Screen();
    Matcher pieces = PIECE.matcher(bytes.toString(UTF_8));
    while (pieces.find()) {
      if (pieces.group("plain") == null) {
        String count = pieces.group("count");
        screen.steer(
            pieces.group("command").charAt(0),
            count.matches("[0-9]+") ? Integer.parseInt(count) : 0);
      } else {
        screen.put(pieces.group("plain").charAt(0));
      }
    }
    return screen.rows.stream()
        .map(row -> row.toString().stripTrailing())
        .filter(row -> !row.isEmpty())
        .toList();
  }

  private void put(char character) {
    if (character == '\r') {
      column = 0;
    } else if (character == '\n') {
      row++;
    } else if (character == '\b') {
      column--;
    } else {
      StringBuilder text = filled();
      text.setCharAt(column, character);
      column++;
    }
  }

  private void steer(char command, int count) {
    int steps = Math.max(count, 1);
    switch (command) {
      case 'A' -> row -= steps;
      case 'B' -> row += steps;
      case 'C' -> column += steps;
      case 'D' -> column -= steps;
      case 'G' -> column = steps - 1;
      case 'K' -> filled().setLength(column);
      case 'J' -> {
        filled().setLength(column);
        rows.subList(row + 1, rows.size()).clear();
      }
      case 'm', 'h', 'l' -> {}
      default -> throw new IllegalArgumentException("unknown to this screen: " + command);
    }
  }

  /** The current row, filled with blanks up to the current column. */
  private StringBuilder filled() {
    while (rows.size() <= row) {
      rows.add(new StringBuilder());
    }
    StringBuilder text = rows.get(row);
    while (text.length() <= column) {
      text.append(' ');
    }
    return text;
  }
}
