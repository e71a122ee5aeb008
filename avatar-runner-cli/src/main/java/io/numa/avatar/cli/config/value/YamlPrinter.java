package io.numa.avatar.cli.config.value;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;

/** Writes YAML line by line. Each line may end with a comment; the comments are aligned. */
public final class YamlPrinter {
  /** Stands for a secret. */
  public static final String MASK = "***";

  private static final int WIDEST_COLUMN = 56;

  private final List<Line> lines = new ArrayList<>();
  private int depth;
  private boolean opensItem;

  /** A text in YAML's double quotes, which are JSON's. */
  public static String quoted(String text) {
    return TextNode.valueOf(text).toString();
  }

  /** Adds a line; without a comment if {@code comment} is empty. */
  public void line(String text, String comment) {
    String indent = "  ".repeat(depth);
    if (opensItem) {
      indent = indent.substring(2) + "- ";
      opensItem = false;
    }
    lines.add(new Line(indent + text, comment));
  }

  /** Adds a line that has a comment only. */
  public void remark(String comment) {
    lines.add(new Line("  ".repeat(depth) + "# " + comment, ""));
  }

  /** Indents the lines that {@code content} adds by one level. */
  public void indented(Runnable content) {
    depth++;
    content.run();
    depth--;
  }

  /** Makes the lines that {@code content} adds an item of the list that the line before began. */
  public void item(Runnable content) {
    depth += 2;
    opensItem = true;
    content.run();
    opensItem = false;
    depth -= 2;
  }

  @Override
  public String toString() {
    int column =
        lines.stream()
            .filter(line -> !line.comment().isEmpty())
            .mapToInt(line -> line.text().length())
            .filter(width -> width <= WIDEST_COLUMN)
            .max()
            .orElse(0);
    var text = new StringBuilder();
    for (Line line : lines) {
      text.append(line.text());
      if (!line.comment().isEmpty()) {
        text.append(" ".repeat(Math.max(0, column - line.text().length())));
        text.append("  # ").append(line.comment());
      }
      text.append('\n');
    }
    return text.toString();
  }

  private record Line(String text, String comment) {}
}
