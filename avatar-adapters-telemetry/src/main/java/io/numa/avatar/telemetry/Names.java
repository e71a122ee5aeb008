package io.numa.avatar.telemetry;

/**
 * The names of the spans' attributes. Those that do not begin with {@code numa} are OpenTelemetry's
 * conventions.
 */
final class Names {
  static final String TASK = "numa.task.id";
  static final String ATTEMPT = "numa.attempt.id";
  static final String STAGE = "numa.stage";
  static final String OUTCOME = "numa.outcome";
  static final String STOP = "numa.agent.stop";
  static final String COST = "numa.agent.cost";
  static final String UNTRACED_TOOLS = "numa.agent.untraced_tools";
  static final String TOOL_TITLE = "numa.tool.title";
  static final String TOOL_KIND = "numa.tool.kind";
  static final String TOOL_STATE = "numa.tool.state";
  static final String ERROR = "error.type";
  static final String OPERATION = "gen_ai.operation.name";
  static final String AGENT = "gen_ai.agent.name";
  static final String MODEL = "gen_ai.request.model";
  static final String INPUT_TOKENS = "gen_ai.usage.input_tokens";
  static final String OUTPUT_TOKENS = "gen_ai.usage.output_tokens";

  private Names() {}
}
