package io.numa.avatar.testkit.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.HashMap;
import java.util.Map;

/** An answer of a server. */
record Reply(int status, Map<String, String> headers, String body) {
  Reply with(String name, String value) {
    var more = new HashMap<>(headers);
    more.put(name, value);
    return new Reply(status, Map.copyOf(more), body);
  }

  static Reply json(int status, JsonNode body) {
    return new Reply(status, Map.of("Content-Type", "application/json"), body.toString());
  }

  static Reply ok(JsonNode body) {
    return json(200, body);
  }

  /** An error in Numa's format. */
  static Reply refusal(int status, String detail) {
    return json(status, JsonNodeFactory.instance.objectNode().put("detail", detail));
  }
}
