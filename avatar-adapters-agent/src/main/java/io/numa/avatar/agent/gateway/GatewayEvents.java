package io.numa.avatar.agent.gateway;

import io.numa.avatar.port.agent.AgentLimit;
import io.numa.avatar.task.agent.AgentUsage;

/** Receives what happens at a gateway. Must not block for long, and must not throw. */
public interface GatewayEvents {
  /** An answer was counted. */
  default void used(AgentUsage sessionSoFar) {}

  /** A request was refused because a bound is reached. */
  default void exhausted(AgentLimit limit) {}

  /**
   * The model's host refused the login.
   *
   * @param status 401 or 403
   */
  default void loginRefused(int status, String message) {}

  /** The model's host asked to wait, or failed; the agent got its answer as it came. */
  default void unavailable(int status, String message) {}

  /** A sentence for the task's log, such as that an agent asked for a model that is not allowed. */
  default void noted(String sentence) {}
}
