package io.numa.avatar.run.agent;

import io.numa.avatar.plan.PlanSource;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.agent.CodingAgents;
import io.numa.avatar.port.money.BudgetReachedException;
import io.numa.avatar.port.money.UsedBudget;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.Task;
import java.util.Optional;

/** Decides whether this avatar has an agent for a task, before it claims the task. */
public final class AgentMeans {
  private AgentMeans() {}

  /**
   * Checks that a task of prose could begin now; other tasks need no agent to begin.
   *
   * @throws PortException of kind {@code NO_AGENT} if there is no such agent, {@code
   *     AGENT_UNAVAILABLE} if it is out of work for a while, {@code AGENT_BUDGET} if the avatar's
   *     budget is used up
   */
  public static void require(Task task, CodingAgents agents) {
    if (task.plan() instanceof PlanSource.Prose) {
      String name = task.options().agent().or(() -> agents.names().stream().findFirst()).orElse("");
      if (!agents.names().contains(name)) {
        throw CodingAgents.unknown(name, agents.names());
      }
      if (agents.outUntil(name).isPresent()) {
        throw new PortException(
            FailureKind.AGENT_UNAVAILABLE, "agent '" + name + "' is out of work for a while");
      }
      Optional<UsedBudget> used = agents.usedBudget();
      if (used.isPresent()) {
        throw new BudgetReachedException(used.get());
      }
    }
  }
}
