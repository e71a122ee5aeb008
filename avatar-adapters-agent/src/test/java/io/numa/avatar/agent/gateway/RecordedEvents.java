package io.numa.avatar.agent.gateway;

import io.numa.avatar.port.agent.AgentLimit;
import io.numa.avatar.task.agent.AgentUsage;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps the events of a gateway as sentences. */
final class RecordedEvents implements GatewayEvents {
  private final List<String> all = new CopyOnWriteArrayList<>();

  @Override
  public void used(AgentUsage usage) {
    all.add("used " + usage.turns() + " turns, " + usage.tokens() + " tokens");
  }

  @Override
  public void exhausted(AgentLimit limit) {
    all.add("exhausted " + limit);
  }

  @Override
  public void budgetReached(String message) {
    all.add("budget reached: " + message);
  }

  @Override
  public void loginRefused(int status, String message) {
    all.add("login refused " + status + ": " + message);
  }

  @Override
  public void unavailable(int status, String message) {
    all.add("unavailable " + status + ": " + message);
  }

  @Override
  public void noted(String sentence) {
    all.add("noted " + sentence);
  }

  List<String> all() {
    return all;
  }
}
