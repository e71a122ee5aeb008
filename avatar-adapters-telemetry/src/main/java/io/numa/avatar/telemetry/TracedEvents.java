package io.numa.avatar.telemetry;

import io.numa.avatar.port.agent.AgentEvents;
import io.numa.avatar.port.agent.AgentTool;
import io.numa.avatar.task.agent.AgentUsage;
import java.util.List;

/** Passes on what an agent does, and traces its tools. */
record TracedEvents(AgentEvents events, TurnSpans turns) implements AgentEvents {
  @Override
  public void said(String text) {
    events.said(text);
  }

  @Override
  public void thought(String text) {
    events.thought(text);
  }

  @Override
  public void tool(AgentTool tool) {
    turns.tool(tool);
    events.tool(tool);
  }

  @Override
  public void planned(List<String> entries) {
    events.planned(entries);
  }

  @Override
  public void noted(String sentence) {
    events.noted(sentence);
  }

  @Override
  public void used(AgentUsage usage) {
    events.used(usage);
  }
}
