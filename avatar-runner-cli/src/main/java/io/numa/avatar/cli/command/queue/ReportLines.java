package io.numa.avatar.cli.command.queue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.nats.NatsReports.Report;
import io.numa.avatar.task.TaskState;
import java.io.PrintWriter;
import java.util.function.Function;

/** Prints each report as a JSON object: its body, with {@code time} and {@code event} in front. */
final class ReportLines extends Watched {
  private final PrintWriter out;

  ReportLines(PrintWriter out, Function<String, TaskState> states) {
    super(states);
    this.out = out;
  }

  @Override
  void showLog(Report report, JsonNode body, String text) {
    print("log", report, body);
  }

  @Override
  void showStatus(Report report, JsonNode body, TaskState now) {
    print("status", report, body);
  }

  private void print(String event, Report report, JsonNode body) {
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    line.put("time", report.publishedAt().toString()).put("event", event);
    body.properties().forEach(member -> line.set(member.getKey(), member.getValue()));
    out.println(line);
    out.flush();
  }

  @Override
  void end() {
    out.flush();
  }
}
