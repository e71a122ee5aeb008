package io.numa.avatar.telemetry;

import io.numa.avatar.port.agent.AgentIdentity;
import io.numa.avatar.port.agent.AgentTool;
import io.numa.avatar.port.agent.AgentTurn;
import io.numa.avatar.task.agent.AgentUsage;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The spans of an agent's session: one of its turn while one runs, and those of the turn's tools.
 * Safe for use by several threads.
 */
final class TurnSpans {
  /** The most tools of a turn that are traced. */
  static final int MOST_TOOLS = 1_000;

  /** The words of the protocol; an agent may send any text in their place. */
  private static final Set<String> KINDS =
      Set.of("read", "edit", "delete", "move", "search", "execute", "think", "fetch");

  private final Tracer tracer;
  private final SpanText text;
  private final Map<String, Span> tools = new HashMap<>();
  private Optional<Span> turn = Optional.empty();
  private Context context = Context.root();
  private long begun;

  TurnSpans(Tracer tracer, SpanText text) {
    this.tracer = tracer;
    this.text = text;
  }

  synchronized void begin(Context parent, AgentIdentity agent) {
    SpanBuilder builder =
        tracer
            .spanBuilder("invoke_agent " + text.of(agent.name()))
            .setParent(parent)
            .setAttribute(Names.OPERATION, "invoke_agent")
            .setAttribute(Names.AGENT, text.of(agent.name()));
    agent.model().ifPresent(model -> builder.setAttribute(Names.MODEL, text.of(model)));
    Span span = builder.startSpan();
    turn = Optional.of(span);
    context = parent.with(span);
    begun = 0;
  }

  /** Takes a state of a tool; without a turn, it does not count. */
  synchronized void tool(AgentTool tool) {
    if (turn.isEmpty()) {
      return;
    }
    Span known = tools.get(tool.id());
    Optional<Span> span = known == null ? beginTool(tool) : Optional.of(known);
    if (tool.state() != AgentTool.State.RUNNING) {
      tools.remove(tool.id());
      span.ifPresent(one -> endTool(one, tool));
    }
  }

  private Optional<Span> beginTool(AgentTool tool) {
    begun++;
    if (begun > MOST_TOOLS) {
      return Optional.empty();
    }
    String kind = KINDS.contains(tool.kind()) ? tool.kind() : "other";
    Span span =
        tracer
            .spanBuilder("execute_tool " + kind)
            .setParent(context)
            .setAttribute(Names.OPERATION, "execute_tool")
            .setAttribute(Names.TOOL_KIND, kind)
            .setAttribute(Names.TOOL_TITLE, text.of(tool.title()))
            .startSpan();
    tools.put(tool.id(), span);
    return Optional.of(span);
  }

  private void endTool(Span span, AgentTool tool) {
    String state = tool.state().name().toLowerCase(Locale.ROOT);
    span.setAttribute(Names.TOOL_TITLE, text.of(tool.title()))
        .setAttribute(Names.TOOL_STATE, state);
    if (tool.state() != AgentTool.State.COMPLETED) {
      span.setStatus(StatusCode.ERROR, state);
    }
    span.end();
  }

  synchronized void end(AgentTurn ended) {
    turn.ifPresent(
        span -> {
          AgentUsage usage = ended.usage();
          span.setAttribute(Names.INPUT_TOKENS, usage.inputTokens())
              .setAttribute(Names.OUTPUT_TOKENS, usage.outputTokens())
              .setAttribute(Names.COST, usage.cost().doubleValue());
        });
    end(ended.word());
  }

  /** Ends the turn, if one runs, and the tools that did not end. */
  synchronized void end(String stop) {
    tools.values().forEach(Span::end);
    tools.clear();
    turn.ifPresent(span -> end(span, stop));
    turn = Optional.empty();
  }

  private void end(Span span, String stop) {
    span.setAttribute(Names.STOP, stop);
    if (!stop.equals("completed")) {
      span.setStatus(StatusCode.ERROR, stop).setAttribute(Names.ERROR, stop);
    }
    if (begun > MOST_TOOLS) {
      span.setAttribute(Names.UNTRACED_TOOLS, begun - MOST_TOOLS);
    }
    span.end();
  }
}
