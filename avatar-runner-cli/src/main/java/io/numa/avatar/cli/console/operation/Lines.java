package io.numa.avatar.cli.console.operation;

import java.util.List;
import java.util.function.UnaryOperator;

/** Lines of a text, which grow: headings, and fields with a label before each. */
final class Lines {
  private static final int LABEL = 12;
  private static final String INDENT = "  ";

  private final Sheet sheet;
  private final StringBuilder text = new StringBuilder();

  Lines(Sheet sheet) {
    this.sheet = sheet;
  }

  void line(String line) {
    text.append(line).append('\n');
  }

  void blank() {
    text.append('\n');
  }

  /** A line that is cut at the width of the terminal. */
  void cut(String line, UnaryOperator<String> paint) {
    line(paint.apply(Cells.cut(line, sheet.width())));
  }

  /** A paragraph, whose text continues below its beginning. */
  void wrapped(String bullet, String sentence) {
    String before = bullet;
    for (String part : Cells.wrap(sentence, sheet.width() - Cells.width(bullet))) {
      line(before + part);
      before = " ".repeat(Cells.width(bullet));
    }
  }

  /** A field, whose text continues below its beginning. */
  void field(String label, String value) {
    field(label, value, UnaryOperator.identity());
  }

  void field(String label, String value, UnaryOperator<String> paint) {
    String name = label;
    for (String part : Cells.wrap(value, sheet.width() - LABEL - INDENT.length())) {
      line(INDENT + sheet.paint().dim(Cells.left(name, LABEL)) + paint.apply(part));
      name = "";
    }
  }

  /** A field of several lines; those beyond {@code most} are counted. */
  void field(String label, List<String> lines, int most) {
    String name = label;
    for (String line : lines.subList(0, Math.min(most, lines.size()))) {
      field(name, line);
      name = "";
    }
    if (lines.size() > most) {
      field("", "and " + (lines.size() - most) + " more", sheet.paint()::dim);
    }
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
