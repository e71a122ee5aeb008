package io.numa.avatar.cli.console.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Rows in aligned columns. A column without texts is left out, and the last one is cut to fit. */
final class Table {
  private static final String GAP = "  ";

  /** The last column keeps this many cells, also where lines become too long. */
  private static final int LEAST = 10;

  private final List<Column> columns;
  private final List<List<Cell>> rows = new ArrayList<>();

  Table(Column... columns) {
    this.columns = List.of(columns);
  }

  /** A column, whose numbers stand at its right. */
  record Column(String heading, boolean numbers) {
    static Column text(String heading) {
      return new Column(heading, false);
    }

    static Column number(String heading) {
      return new Column(heading, true);
    }

    String align(String text, int width) {
      return numbers ? Cells.right(text, width) : Cells.left(text, width);
    }
  }

  /** A text in a row, and its colour. */
  record Cell(String text, UnaryOperator<String> paint) {
    static Cell of(String text) {
      return new Cell(text, UnaryOperator.identity());
    }
  }

  /** Adds a row with a cell for each column. */
  void add(Cell... cells) {
    rows.add(List.of(cells));
  }

  List<String> lines(Sheet sheet) {
    int[] widths = IntStream.range(0, columns.size()).map(this::width).toArray();
    int last = columns.size() - 1;
    int before = IntStream.range(0, last).map(i -> taken(widths[i])).sum();
    int room = Math.max(LEAST, sheet.width() - before);
    var lines = new ArrayList<String>();
    List<Cell> headings =
        columns.stream()
            .map(column -> column.heading().toUpperCase(Locale.ROOT))
            .map(heading -> new Cell(heading, sheet.paint()::dim))
            .toList();
    lines.add(line(headings, widths, room));
    rows.forEach(row -> lines.add(line(row, widths, room)));
    return lines;
  }

  /** The cells that a column needs; 0 if no row has a text in it. */
  private int width(int column) {
    int widest = rows.stream().mapToInt(row -> Cells.width(row.get(column).text())).max().orElse(0);
    return widest == 0 ? 0 : Math.max(widest, Cells.width(columns.get(column).heading()));
  }

  private static int taken(int width) {
    return width == 0 ? 0 : width + GAP.length();
  }

  private String line(List<Cell> row, int[] widths, int room) {
    var line = new StringBuilder();
    int last = row.size() - 1;
    for (int i = 0; i < last; i++) {
      if (widths[i] > 0) {
        Cell cell = row.get(i);
        line.append(cell.paint().apply(columns.get(i).align(cell.text(), widths[i]))).append(GAP);
      }
    }
    Cell rest = row.get(last);
    return line.append(rest.paint().apply(Cells.cut(rest.text(), room))).toString();
  }
}
