package io.numa.avatar.cli.wiring;

import io.numa.avatar.agent.settings.AgentsSettings;
import io.numa.avatar.cli.config.AgentsSection;
import io.numa.avatar.port.agent.AgentEvents;
import io.numa.avatar.port.agent.AgentLimits;
import io.numa.avatar.port.agent.AgentRequest;
import io.numa.avatar.port.agent.AgentSession;
import io.numa.avatar.port.agent.CodingAgents;
import io.numa.avatar.port.money.UsedBudget;
import io.numa.avatar.run.budget.AvatarBudget;
import io.numa.avatar.run.secret.Redactor;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Coding agents whose settings can change while sessions are open. An open session keeps its
 * settings, and takes no place of the new agents.
 */
final class ReplaceableAgents implements CodingAgents {
  private final Function<AgentsSettings, CodingAgents> maker;
  private final AvatarBudget budget;
  private volatile CodingAgents agents;

  /**
   * @param budget bounds what they spend
   */
  ReplaceableAgents(
      AgentsSettings settings, AvatarBudget budget, Function<AgentsSettings, CodingAgents> maker) {
    this.maker = maker;
    this.budget = budget;
    this.agents = maker.apply(settings);
  }

  /** Opens all further sessions by other settings, and bounds all by the budget in them. */
  void use(AgentsSection section, Redactor redactor) {
    budget.use(AgentModule.limits(section.budget()));
    agents = maker.apply(AgentModule.settings(section, redactor));
  }

  @Override
  public List<String> names() {
    return agents.names();
  }

  @Override
  public AgentLimits limits(String agent) {
    return agents.limits(agent);
  }

  @Override
  public AgentSession open(AgentRequest request, AgentEvents events) throws InterruptedException {
    return agents.open(request, events);
  }

  @Override
  public Optional<Instant> outUntil(String agent) {
    return agents.outUntil(agent);
  }

  @Override
  public Optional<UsedBudget> usedBudget() {
    return agents.usedBudget();
  }

  @Override
  public boolean isFree(String agent) {
    return agents.isFree(agent);
  }
}
