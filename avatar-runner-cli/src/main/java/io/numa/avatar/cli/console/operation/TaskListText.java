package io.numa.avatar.cli.console.operation;

import com.fasterxml.jackson.databind.JsonNode;
import io.numa.avatar.cli.console.operation.Table.Cell;
import io.numa.avatar.cli.console.operation.Table.Column;
import io.numa.avatar.run.text.AgentText;
import io.numa.avatar.time.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A list of tasks, one line each. */
public final class TaskListText {
  /** From these widths on, there is room for tests and costs, and for the branches. */
  private static final int WITH_TESTS = 96;

  private static final int WITH_BRANCH = 116;

  private TaskListText() {}

  /** The text of a document with a page of tasks. */
  public static String of(JsonNode document, Sheet sheet) {
    var page = new Fields(document);
    List<Fields> tasks = page.objects("tasks").toList();
    var lines = new Lines(sheet);
    if (tasks.isEmpty()) {
      lines.line("no such tasks");
      return lines.toString();
    }
    var table =
        new Table(
            Column.text("task"),
            Column.text("outcome"),
            Column.text("began"),
            Column.number("time"),
            Column.text("tests"),
            Column.number("cost"),
            Column.text("reason"),
            Column.text("branch"),
            Column.text("title"));
    tasks.forEach(task -> add(task, table, sheet));
    table.lines(sheet).forEach(lines::line);
    lines.blank();
    lines.line(
        Count.of(tasks.size(), "task", "tasks")
            + page.text("next").map(next -> "; older ones: --after " + next).orElse(""));
    return lines.toString();
  }

  private static void add(Fields task, Table table, Sheet sheet) {
    String outcome = task.word("outcome");
    Optional<Fields> result = task.object("result");
    Optional<Fields> tested = result.filter(it -> sheet.width() >= WITH_TESTS);
    table.add(
        new Cell(task.word("task"), sheet.paint()::bold),
        new Cell(outcome, text -> sheet.outcome(outcome, text)),
        Cell.of(task.time("started_at").map(sheet::time).orElse("")),
        Cell.of(time(task, sheet)),
        Cell.of(tested.flatMap(TaskListText::tests).orElse("")),
        Cell.of(tested.flatMap(AgentFields::cost).map(AgentText::cost).orElse("")),
        Cell.of(result.flatMap(it -> it.text("failure")).map(Words::plain).orElse("")),
        new Cell(sheet.width() < WITH_BRANCH ? "" : task.word("branch"), sheet.paint()::dim),
        title(task, sheet));
  }

  private static Cell title(Fields task, Sheet sheet) {
    return task.text("title")
        .map(Cell::of)
        .orElseGet(() -> new Cell("(title not known)", sheet.paint()::dim));
  }

  private static String time(Fields task, Sheet sheet) {
    Optional<Instant> end = task.time("ended_at");
    if (end.isEmpty() && !task.word("outcome").equals("running")) {
      return "";
    }
    return task.time("started_at")
        .map(begin -> Durations.text(Duration.between(begin, end.orElse(sheet.now()))))
        .orElse("");
  }

  /** Such as {@code 12 ok} or {@code 1 of 12 failed}; empty if none ran. */
  private static Optional<String> tests(Fields result) {
    long failed = result.number("failed") + result.number("errors");
    long run = result.number("run");
    if (run == 0) {
      return result.text("tests");
    }
    return Optional.of(failed == 0 ? run + " passed" : failed + " of " + run + " failed");
  }
}
