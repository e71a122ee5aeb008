package io.numa.avatar.cli.console.operation;

import io.numa.avatar.cli.console.Bytes;
import io.numa.avatar.operation.advice.Advice;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.time.Durations;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Tells of attempts at one task. */
final class AttemptText {
  private static final int MESSAGE_LINES = 6;

  private final String task;
  private final Lines lines;
  private final Sheet sheet;
  private final Function<String, Path> logs;

  /**
   * @param logs the file of the log of an attempt, by the attempt's id
   */
  AttemptText(String task, Lines lines, Sheet sheet, Function<String, Path> logs) {
    this.task = task;
    this.lines = lines;
    this.sheet = sheet;
    this.logs = logs;
  }

  /** Adds an earlier attempt: its stages on one line, and why it ended. */
  void addShort(Fields attempt, int place) {
    addHeading(attempt, place);
    String stages =
        StageSpan.of(attempt, sheet.now()).stream()
            .map(span -> span.stage() + " " + Durations.text(span.time()))
            .collect(Collectors.joining(", "));
    if (!stages.isEmpty()) {
      lines.field("stages", stages);
    }
    attempt.object("failure").ifPresent(this::addFailure);
  }

  /** Adds the last attempt in full. */
  void add(Fields attempt, int place, Optional<Fields> running) {
    addHeading(attempt, place);
    new TimeLine(StageSpan.of(attempt, sheet.now()), attempt.word("outcome"))
        .lines(sheet)
        .forEach(lines::line);
    Optional<Fields> work = attempt.object("work");
    running
        .flatMap(task -> task.object("agent"))
        .or(() -> work.flatMap(it -> it.object("agent")))
        .map(AgentFields::text)
        .ifPresent(text -> lines.field("agent", text));
    work.ifPresent(it -> new WorkText(lines, sheet).add(it));
    attempt.object("failure").ifPresent(this::addFailure);
    attempt
        .object("failure")
        .flatMap(failure -> advice(failure.word("kind")))
        .ifPresent(this::addAdvice);
    addReports(attempt);
    addFiles(attempt, place, work);
    running
        .flatMap(task -> task.text("newest"))
        .ifPresent(line -> lines.cut("  | " + line, sheet.paint()::dim));
  }

  private void addHeading(Fields attempt, int place) {
    String outcome = attempt.word("outcome");
    String time =
        attempt
            .time("started_at")
            .map(
                begin ->
                    (attempt.time("ended_at").isPresent() ? " after " : " for ")
                        + Durations.text(
                            Duration.between(begin, attempt.time("ended_at").orElse(sheet.now())))
                        + ", begun "
                        + sheet.time(begin))
            .orElse("");
    lines.blank();
    lines.line(
        sheet.paint().bold("Attempt " + place) + "  " + sheet.outcome(outcome, outcome) + time);
  }

  private void addFailure(Fields failure) {
    UnaryOperator<String> red = sheet.paint()::red;
    String exit = failure.text("exit_code").map(code -> ", exit code " + code).orElse("");
    lines.field(
        "failure", Words.plain(failure.word("kind")) + " at " + failure.word("stage") + exit, red);
    lines.field("", failure.lines("message").toList(), MESSAGE_LINES);
  }

  /** The advice for a kind of failure; empty if a newer avatar has recorded it. */
  private static Optional<Advice> advice(String kind) {
    return Arrays.stream(FailureKind.values())
        .filter(each -> each.word().equals(kind))
        .findFirst()
        .map(Advice::of);
  }

  private void addAdvice(Advice advice) {
    lines.field("advice", advice.text(Locale.ENGLISH).lookAt().replace("`", ""));
    lines.field("whose", advice.owner().text(Locale.ENGLISH));
    lines.field(
        "another try", advice.anotherTry().text(Locale.ENGLISH) + "; more in " + advice.page());
  }

  private void addReports(Fields attempt) {
    long waiting = attempt.number("reports_waiting");
    if (waiting > 0) {
      lines.field(
          "reports",
          Count.of(waiting, "status waits", "statuses wait") + " to be sent to the backend",
          sheet.paint()::yellow);
    }
  }

  private void addFiles(Fields attempt, int place, Optional<Fields> work) {
    if (attempt.number("log_bytes") > 0) {
      lines.field(
          "log",
          "avatar log "
              + task
              + " --attempt "
              + place
              + " ("
              + Bytes.text(attempt.number("log_bytes"))
              + "), in "
              + logs.apply(attempt.word("attempt")));
    }
    work.flatMap(it -> it.object("kept_patch"))
        .ifPresent(
            patch ->
                lines.field(
                    "patch", patch.word("path") + " (" + Bytes.text(patch.number("bytes")) + ")"));
  }
}
