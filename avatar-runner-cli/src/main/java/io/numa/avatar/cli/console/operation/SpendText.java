package io.numa.avatar.cli.console.operation;

import com.fasterxml.jackson.databind.JsonNode;
import io.numa.avatar.cli.console.operation.Table.Cell;
import io.numa.avatar.cli.console.operation.Table.Column;
import io.numa.avatar.run.text.AgentText;
import java.util.List;
import java.util.function.UnaryOperator;

/** What agents have spent, one line for each day, agent or repository. */
public final class SpendText {
  private SpendText() {}

  /** The text of a document with what was spent. */
  public static String of(JsonNode document, Sheet sheet) {
    var report = new Fields(document);
    List<Fields> spent = report.objects("lines").toList();
    var lines = new Lines(sheet);
    if (spent.isEmpty()) {
      lines.line("nothing was spent since " + report.word("from"));
      return lines.toString();
    }
    String by = report.word("by");
    var table =
        new Table(
            Column.number("cost"),
            Column.number("answers"),
            Column.number("tokens in"),
            Column.number("cached"),
            Column.number("out"),
            Column.text(by));
    spent.forEach(line -> add(line, name(line, by), table, UnaryOperator.identity()));
    report
        .object("total")
        .ifPresent(
            total -> add(total, "total since " + report.word("from"), table, sheet.paint()::bold));
    table.lines(sheet).forEach(lines::line);
    return lines.toString();
  }

  private static String name(Fields line, String by) {
    return line.text(by).orElse("(none)");
  }

  private static void add(Fields line, String name, Table table, UnaryOperator<String> paint) {
    table.add(
        new Cell(AgentFields.cost(line).map(AgentText::cost).orElse(""), paint),
        new Cell(AgentText.count(line.number("answers")), paint),
        new Cell(AgentText.count(line.number("input_tokens")), paint),
        new Cell(AgentText.count(line.number("cached_tokens")), paint),
        new Cell(AgentText.count(line.number("output_tokens")), paint),
        new Cell(name, paint));
  }
}
