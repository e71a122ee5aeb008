package io.numa.avatar.cli.console.operation;

import io.numa.avatar.run.text.AgentText;
import io.numa.avatar.task.agent.AgentReport;
import io.numa.avatar.task.agent.AgentUsage;
import java.math.BigDecimal;
import java.util.Optional;

/** Reads the work of a coding agent from a document. */
final class AgentFields {
  private AgentFields() {}

  /** All of it on one line. */
  static String text(Fields agent) {
    var usage =
        new AgentUsage(
            agent.number("turns"),
            agent.number("tool_calls"),
            agent.number("requests"),
            agent.number("input_tokens"),
            agent.number("cached_tokens"),
            agent.number("cache_write_tokens"),
            agent.number("output_tokens"),
            cost(agent).orElse(BigDecimal.ZERO));
    return AgentText.of(
        new AgentReport(
            agent.word("name"),
            agent.text("version"),
            agent.text("model"),
            agent.text("session"),
            usage,
            agent.seconds("seconds"),
            (int) agent.number("repairs"),
            agent.text("stop"),
            agent.text("summary")));
  }

  /** What it has cost; empty if no price is known. */
  static Optional<BigDecimal> cost(Fields fields) {
    return fields.text("cost").map(BigDecimal::new);
  }
}
