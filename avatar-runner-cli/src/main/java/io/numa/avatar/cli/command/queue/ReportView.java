package io.numa.avatar.cli.command.queue;

import com.fasterxml.jackson.databind.JsonNode;
import io.numa.avatar.backend.settings.StatusWords;
import io.numa.avatar.cli.command.common.Terminals;
import io.numa.avatar.cli.console.Harmless;
import io.numa.avatar.cli.console.Paint;
import io.numa.avatar.cli.console.TaskLog;
import io.numa.avatar.nats.NatsReports.Report;
import io.numa.avatar.task.TaskState;
import java.io.PrintWriter;
import java.util.function.Function;

/** Shows a task's log as {@code exec} does, and between its lines what the statuses tell. */
final class ReportView extends Watched {
  private final PrintWriter out;
  private final Paint paint;
  private final StatusWords words;
  private final TaskLog log;
  private String attempt = "";

  ReportView(Terminals terminals, Function<String, TaskState> states, StatusWords words) {
    super(states);
    this.out = terminals.out();
    this.paint = new Paint(terminals.colours());
    this.words = words;
    this.log = new TaskLog(out, paint);
  }

  @Override
  void showLog(Report report, JsonNode body, String text) {
    log.add(text);
  }

  @Override
  void showStatus(Report report, JsonNode body, TaskState now) {
    JsonNode details = body.path("details");
    begin(details);
    switch (now) {
      case DONE -> end(paint.green(words.done()) + message(details, words.done()), details);
      case FAILED -> end(paint.red(words.failed()) + failure(details), details);
      case CANCELLED ->
          end(paint.red(words.cancelled()) + message(details, words.cancelled()), details);
      default -> say(paint.dim("[status] " + word(body, details)));
    }
  }

  /** Says so when another attempt begins, of this or another avatar. */
  private void begin(JsonNode details) {
    String now = details.path("attempt").asText("");
    if (!now.equals(attempt)) {
      attempt = now;
      log.end();
      say(paint.dim("[status] avatar " + text(details, "avatar_id") + " has the task"));
    }
  }

  private static String word(JsonNode body, JsonNode details) {
    String stage = text(details, "stage");
    return text(body, "status") + ", " + stage + message(details, stage);
  }

  /** The message, behind a colon; empty if it only repeats the word before. */
  private static String message(JsonNode details, String before) {
    String message = text(details, "message");
    return message.equals(before) ? "" : ": " + message;
  }

  private static String failure(JsonNode details) {
    JsonNode failure = details.path("failure");
    return failure.isObject()
        ? " at " + text(failure, "stage") + ": " + text(failure, "message")
        : ": " + text(details, "message");
  }

  private void end(String last, JsonNode details) {
    log.end();
    say("");
    say(last);
    if (details.hasNonNull("commit")) {
      say("  commit " + text(details, "commit") + " on branch " + text(details, "branch"));
    }
    if (details.hasNonNull("change_request_url")) {
      say("  " + text(details, "change_request_url"));
    }
  }

  /** Its colours are ours, and its texts are harmless by then. */
  private void say(String line) {
    out.println(line);
    out.flush();
  }

  private static String text(JsonNode node, String member) {
    return Harmless.text(node.path(member).asText("")).strip();
  }

  @Override
  void end() {
    log.end();
  }
}
