package io.numa.avatar.server.document;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.operation.SpendingReport;
import io.numa.avatar.task.agent.AgentUsage;

/** Makes a JSON document of what agents have spent. */
public final class SpendingDocument {
  private SpendingDocument() {}

  /** The lines of a report, and their sum. */
  public static ObjectNode of(SpendingReport report) {
    ObjectNode document =
        Documents.object().put("by", report.by().word()).put("from", report.from().toString());
    ArrayNode lines = document.putArray("lines");
    for (SpendingReport.Line line : report.lines()) {
      add(lines.addObject().put(report.by().word(), line.name()), line.usage());
    }
    add(document.putObject("total"), report.total());
    return document;
  }

  private static void add(ObjectNode target, AgentUsage usage) {
    target
        .put("answers", usage.turns())
        .put("input_tokens", usage.inputTokens())
        .put("cached_tokens", usage.cachedTokens())
        .put("output_tokens", usage.outputTokens())
        .put("cost", usage.cost());
  }
}
