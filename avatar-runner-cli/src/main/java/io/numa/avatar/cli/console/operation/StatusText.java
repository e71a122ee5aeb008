package io.numa.avatar.cli.console.operation;

import com.fasterxml.jackson.databind.JsonNode;
import io.numa.avatar.cli.console.Bytes;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** What an avatar does now, on a screen. */
public final class StatusText {
  private final Fields status;
  private final Sheet sheet;
  private final Lines lines;

  private StatusText(Fields status, Sheet sheet) {
    this.status = status;
    this.sheet = sheet;
    this.lines = new Lines(sheet);
  }

  /** The text of a document of the avatar's status. */
  public static String of(JsonNode document, Sheet sheet) {
    return new StatusText(new Fields(document), sheet).text();
  }

  private String text() {
    Fields avatar = status.object("avatar").orElseThrow();
    lines.line(heading(avatar));
    addBackend(avatar);
    lines.field("tasks", tasks());
    addReports(status.object("reports").orElseThrow());
    avatar.text("sandbox").ifPresent(level -> lines.field("sandbox", level));
    String agents = avatar.texts("agents").collect(Collectors.joining(", "));
    lines.field("agents", agents.isEmpty() ? "none" : agents);
    addDisks();
    addRunning();
    lines.blank();
    WhyText.add(status, lines, sheet);
    return lines.toString();
  }

  private String heading(Fields avatar) {
    String state = status.word("state");
    String words = state.replace('_', ' ');
    return sheet.paint().bold(avatar.word("id"))
        + "  "
        + colour(state).apply(words)
        + status.time("started_at").map(time -> ", up for " + sheet.since(time)).orElse("")
        + ", version "
        + avatar.word("version");
  }

  private UnaryOperator<String> colour(String state) {
    return state.equals("running") ? sheet.paint()::green : sheet.paint()::yellow;
  }

  private void addBackend(Fields avatar) {
    Fields backend = status.object("backend").orElseThrow();
    lines.field(
        "backend",
        avatar.text("backend").orElse("none")
            + ", topic "
            + avatar.word("topic")
            + backend
                .time("last_contact")
                .map(time -> ", reached " + sheet.since(time) + " ago")
                .orElse(""));
    backend
        .text("problem")
        .ifPresent(
            problem ->
                lines.field(
                    "",
                    "away"
                        + backend.time("away_since").map(t -> " since " + sheet.time(t)).orElse("")
                        + ": "
                        + problem,
                    sheet.paint()::red));
  }

  private String tasks() {
    long running = status.objects("running").count();
    return running
        + " of "
        + status.number("concurrency")
        + " running, "
        + status.number("waiting")
        + " waiting";
  }

  private void addReports(Fields reports) {
    long statuses = reports.number("statuses");
    long bytes = reports.number("log_bytes");
    if (statuses == 0 && bytes == 0) {
      lines.field("reports", "the backend has all");
      return;
    }
    lines.field(
        "reports",
        Count.of(statuses, "status", "statuses")
            + " and "
            + Bytes.text(bytes)
            + " of logs are to be sent, "
            + Count.of(reports.number("tasks"), "ended task waits", "ended tasks wait")
            + " for that",
        sheet.paint()::yellow);
  }

  private void addDisks() {
    String label = "disks";
    for (Fields disk : status.objects("disks").toList()) {
      boolean enough = disk.number("free") >= disk.number("floor");
      lines.field(
          label,
          Bytes.text(disk.number("free"))
              + " free of "
              + Bytes.text(disk.number("total"))
              + (enough ? "" : ", wanted " + Bytes.text(disk.number("floor")))
              + ": "
              + disk.word("folder"),
          enough ? UnaryOperator.identity() : sheet.paint()::red);
      label = "";
    }
  }

  private void addRunning() {
    List<Fields> running = status.objects("running").toList();
    for (Fields task : running) {
      lines.blank();
      lines.cut("Task " + task.word("task") + ": " + task.word("title"), sheet.paint()::bold);
      addWork(task);
    }
  }

  private void addWork(Fields task) {
    String begun = task.time("started_at").map(sheet::since).orElse("");
    String stage = task.is("reporting") ? "work is over, reports are sent" : task.word("stage");
    lines.field(
        "stage",
        stage
            + task.time("stage_since").map(time -> " for " + sheet.since(time)).orElse("")
            + "; attempt "
            + task.number("number")
            + " for "
            + begun);
    lines.field("branch", task.word("branch"));
    task.object("agent").map(AgentFields::text).ifPresent(text -> lines.field("agent", text));
    task.text("newest").ifPresent(line -> lines.cut("  | " + line, sheet.paint()::dim));
  }
}
