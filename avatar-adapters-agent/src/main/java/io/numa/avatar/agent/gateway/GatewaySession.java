package io.numa.avatar.agent.gateway;

import io.numa.avatar.port.Secret;
import io.numa.avatar.task.agent.AgentUsage;
import java.math.BigDecimal;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalLong;

/** The way of one session to its model. Safe for use by several threads. */
public interface GatewaySession extends AutoCloseable {
  /**
   * The address to tell the agent instead of the model's host; it ends as the host's base URL does,
   * such as in {@code /v1}.
   */
  URI address();

  /** The key to tell the agent. It opens this gateway alone. */
  Secret placeholder();

  /** What the session has used since it was opened, with what running answers have stated. */
  AgentUsage used();

  /**
   * Sets the bounds from here on, counted from the session's start. Beyond them, requests are
   * answered with an error that ends the agent's turn.
   *
   * @param turns answers of the model
   * @param tokens checked before a request, so that one answer may pass it
   */
  void limit(OptionalLong turns, OptionalLong tokens, Optional<BigDecimal> cost);

  /** Adds a text after the newest message of the next request, once. */
  void note(String text);

  /** Refuses further requests, aborts running ones, and frees the address. */
  @Override
  void close();
}
