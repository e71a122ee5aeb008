package io.numa.avatar.agent.gateway;

import io.numa.avatar.port.agent.AgentLimit;
import io.numa.avatar.task.agent.AgentUsage;

/**
 * Receives what happens at a gateway, one call at a time, and nothing after the session was closed.
 * Must not block for long, and must not throw.
 */
public interface GatewayEvents {
  /** The status where a model's host gave no whole answer. */
  int NO_ANSWER = 0;

  /**
   * The session has used more: an answer began or stated its tokens. Told before the agent gets the
   * piece of the answer that states them.
   */
  default void used(AgentUsage sessionSoFar) {}

  /** A request was refused because a bound is reached. */
  default void exhausted(AgentLimit limit) {}

  /**
   * A request was refused because the budget of the whole avatar is used up.
   *
   * @param message which one, and until when, for people
   */
  default void budgetReached(String message) {}

  /**
   * The model's host refused the login.
   *
   * @param status 401 or 403, or 400 where Gemini's host says that the key is wrong
   * @param message what the host says, for people, redacted
   */
  default void loginRefused(int status, String message) {}

  /**
   * The model's host asked to wait, failed, broke an answer off or was not reached. The agent got
   * its answer as it came.
   *
   * @param status the host's, or {@link #NO_ANSWER} if there was no whole answer
   * @param message what the host says, or a sentence that says why there was no whole answer; for
   *     people, redacted
   */
  default void unavailable(int status, String message) {}

  /** A sentence for the task's log, such as that an agent asked for a model that is not allowed. */
  default void noted(String sentence) {}
}
