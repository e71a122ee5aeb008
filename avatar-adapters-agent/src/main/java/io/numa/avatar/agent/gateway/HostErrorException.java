package io.numa.avatar.agent.gateway;

import java.io.IOException;
import okhttp3.Headers;
import okhttp3.Response;

/**
 * The model's host answered a request with an error, which the agent gets as it is. An exception,
 * so that the request has ended for the gateway before the agent can send the next one.
 */
final class HostErrorException extends Exception {
  private static final long serialVersionUID = 1;

  private final int status;
  private final transient Headers headers;
  private final byte[] body;

  HostErrorException(Response response, byte[] body) {
    super("the model's host answered " + response.code());
    this.status = response.code();
    this.headers = response.headers();
    this.body = body;
  }

  /** Answers the agent. */
  void pass(AgentExchange agent) throws IOException {
    agent.send(status, headers, body);
  }
}
