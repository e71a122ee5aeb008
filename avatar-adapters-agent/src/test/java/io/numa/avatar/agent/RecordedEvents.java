package io.numa.avatar.agent;

import io.numa.avatar.port.agent.AgentEvents;
import io.numa.avatar.port.agent.AgentTool;
import io.numa.avatar.task.agent.AgentUsage;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what a session tells, as lines. */
final class RecordedEvents implements AgentEvents {
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private volatile AgentUsage usage = AgentUsage.NONE;

  List<String> lines() {
    return lines;
  }

  /** The lines that begin with a word. */
  List<String> lines(String word) {
    return lines.stream().filter(line -> line.startsWith(word + ' ')).toList();
  }

  AgentUsage usage() {
    return usage;
  }

  @Override
  public void said(String text) {
    lines.add("said " + text);
  }

  @Override
  public void thought(String text) {
    lines.add("thought " + text);
  }

  @Override
  public void tool(AgentTool tool) {
    lines.add(
        "tool %s %s %s %s %s%s"
            .formatted(
                tool.id(),
                tool.kind(),
                tool.state(),
                tool.title(),
                tool.paths(),
                tool.result().map(result -> " = " + result.strip()).orElse("")));
  }

  @Override
  public void planned(List<String> entries) {
    lines.add("planned " + String.join(", ", entries));
  }

  @Override
  public void noted(String sentence) {
    lines.add("noted " + sentence);
  }

  @Override
  public void used(AgentUsage newUsage) {
    usage = newUsage;
  }
}
