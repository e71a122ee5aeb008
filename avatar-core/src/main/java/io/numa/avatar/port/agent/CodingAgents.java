package io.numa.avatar.port.agent;

import io.numa.avatar.port.PortException;
import io.numa.avatar.port.money.UsedBudget;
import io.numa.avatar.task.FailureKind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Opens sessions of coding agents. Safe for use by several threads. */
public interface CodingAgents {
  /** No agents. */
  CodingAgents NONE =
      new CodingAgents() {
        @Override
        public List<String> names() {
          return List.of();
        }

        @Override
        public AgentLimits limits(String agent) {
          throw unknown(agent, names());
        }

        @Override
        public AgentSession open(AgentRequest request, AgentEvents events) {
          throw unknown(request.agent(), names());
        }
      };

  /** The agents' names; the first one works where a task or step names none. */
  List<String> names();

  /**
   * The operator's limits of an agent. A task may lower them.
   *
   * @throws PortException of kind {@code NO_AGENT} if there is no agent of this name
   */
  AgentLimits limits(String agent);

  /**
   * Starts an agent in a directory, and waits until it is ready: until one of the agent's places is
   * free, and then for its start-up limit at most.
   *
   * @param events receives what the agent says and does, until the session is closed; called by the
   *     session's threads, one call at a time
   * @throws PortException of kind {@code NO_AGENT} if there is no agent of this name, {@code
   *     AGENT_UNAVAILABLE} if it does not start, {@code AGENT_LOGIN} if it demands a login, {@code
   *     DENIED} if the repository has files that configure the agent and they cannot be hidden
   * @throws InterruptedException if the thread was interrupted; no process is left then
   */
  AgentSession open(AgentRequest request, AgentEvents events) throws InterruptedException;

  /**
   * Until when an agent is out of work, because it did not start or could not log in several times
   * in a row; empty if it works. {@link #open} fails at once until then.
   *
   * @throws PortException of kind {@code NO_AGENT} if there is no agent of this name
   */
  default Optional<Instant> outUntil(String agent) {
    return Optional.empty();
  }

  /**
   * Whether {@link #open} would not wait for one of the agent's places.
   *
   * @throws PortException of kind {@code NO_AGENT} if there is no agent of this name
   */
  default boolean isFree(String agent) {
    return true;
  }

  /**
   * The budget of the whole avatar that is used up now, so that no agent may ask its model; empty
   * if agents may work.
   *
   * @throws PortException of kind {@code UNAVAILABLE} if that cannot be read
   */
  default Optional<UsedBudget> usedBudget() {
    return Optional.empty();
  }

  /**
   * Whether the agent that works where a task names none could begin at once.
   *
   * @throws PortException of kind {@code UNAVAILABLE} if the budget cannot be read
   */
  static boolean hasFree(CodingAgents agents) {
    return agents.names().stream()
        .findFirst()
        .filter(name -> agents.outUntil(name).isEmpty() && agents.isFree(name))
        .filter(name -> agents.usedBudget().isEmpty())
        .isPresent();
  }

  /** The failure for an agent that is not there. */
  static PortException unknown(String agent, List<String> names) {
    return new PortException(
        FailureKind.NO_AGENT,
        names.isEmpty()
            ? "no coding agent is configured; set one up under 'agents'"
            : "there is no coding agent '" + agent + "'; there are: " + String.join(", ", names));
  }
}
