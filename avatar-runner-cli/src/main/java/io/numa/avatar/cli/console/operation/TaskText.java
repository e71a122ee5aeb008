package io.numa.avatar.cli.console.operation;

import com.fasterxml.jackson.databind.JsonNode;
import io.numa.avatar.time.Durations;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The story of a task on one screen: its last attempt in full, earlier ones in short. */
public final class TaskText {
  private static final int PLAN_LINES = 4;

  /** How many attempts before the last one are told. */
  private static final int EARLIER = 3;

  private final Fields task;
  private final Sheet sheet;
  private final Lines lines;
  private final AttemptText attempts;

  private TaskText(Fields task, Sheet sheet, Function<String, Path> logs) {
    this.task = task;
    this.sheet = sheet;
    this.lines = new Lines(sheet);
    this.attempts = new AttemptText(task.word("task"), lines, sheet, logs);
  }

  /**
   * The text of a document with the story of a task.
   *
   * @param logs the file of the log of an attempt, by the attempt's id
   */
  public static String of(JsonNode document, Sheet sheet, Function<String, Path> logs) {
    return new TaskText(new Fields(document), sheet, logs).text();
  }

  private String text() {
    lines.cut(
        "Task " + task.word("task") + task.text("title").map(title -> ": " + title).orElse(""),
        sheet.paint()::bold);
    lines.line(outcome());
    addDescription();
    List<Fields> all = task.objects("attempts").toList();
    int last = all.size() - 1;
    if (last > EARLIER) {
      lines.blank();
      lines.line(Count.of(last - EARLIER, "earlier attempt", "earlier attempts"));
    }
    for (int i = Math.max(0, last - EARLIER); i < last; i++) {
      attempts.addShort(all.get(i), i + 1);
    }
    if (last >= 0) {
      attempts.add(all.get(last), last + 1, task.object("running"));
    }
    return lines.toString();
  }

  private String outcome() {
    String word = task.word("outcome");
    Optional<Instant> begin = task.time("started_at");
    Optional<Instant> end = task.time("ended_at");
    String took =
        begin
            .map(from -> " " + preposition(end) + " " + time(from, end.orElse(sheet.now())))
            .orElse("");
    return sheet.outcome(word, word)
        + took
        + end.map(at -> ", " + sheet.since(at) + " ago").orElse("")
        + explained(word);
  }

  private static String preposition(Optional<Instant> end) {
    return end.isPresent() ? "after" : "for";
  }

  private static String time(Instant from, Instant to) {
    return Durations.text(Duration.between(from, to));
  }

  private static String explained(String outcome) {
    return switch (outcome) {
      case "waiting" -> ": announced, but not begun";
      case "dropped" -> ": given up without a report, as it was not this avatar's any more";
      case "unknown" -> ": it ended under an older version, which recorded no more";
      default -> "";
    };
  }

  private void addDescription() {
    task.text("branch").ifPresent(branch -> lines.field("branch", branch));
    task.text("application").ifPresent(id -> lines.field("application", id));
    task.time("announced_at")
        .ifPresent(
            at -> lines.field("announced", sheet.time(at) + ", " + sheet.since(at) + " ago"));
    lines.field("plan", task.lines("plan").toList(), PLAN_LINES);
  }
}
