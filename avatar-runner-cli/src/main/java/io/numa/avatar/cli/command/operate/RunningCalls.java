package io.numa.avatar.cli.command.operate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.server.control.ControlClient;
import java.io.IOException;
import java.util.Map;

/** Calls to a running avatar by its control socket. */
final class RunningCalls implements AvatarCalls {
  private final ControlClient client;

  RunningCalls(ControlClient client) {
    this.client = client;
  }

  @Override
  public boolean running() {
    return true;
  }

  @Override
  public JsonNode call(String word, Map<String, String> parameters) {
    ObjectNode request = JsonNodeFactory.instance.objectNode().put("do", word);
    parameters.forEach(request::put);
    try {
      return client.ask(request);
    } catch (IOException e) {
      throw new NotRunningException(
          "the avatar did not answer, perhaps because it has ended: " + e.getMessage());
    }
  }

  @Override
  public void close() {
    try {
      client.close();
    } catch (IOException e) {
      // All answers are here already.
    }
  }
}
