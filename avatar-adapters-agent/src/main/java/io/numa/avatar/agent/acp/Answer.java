package io.numa.avatar.agent.acp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

/**
 * The answer to a request.
 *
 * @param result missing if there was an error
 * @param code zero if there was none
 */
record Answer(JsonNode result, int code, String message) {
  private static final int NO_LOGIN = -32000;

  /** The code of an answer that the agent never gave. */
  private static final int LOST = Integer.MIN_VALUE;

  static Answer of(JsonNode response) {
    JsonNode error = response.path("error");
    return error.isMissingNode() || error.isNull()
        ? new Answer(response.path("result"), 0, "")
        : new Answer(MissingNode.getInstance(), code(error), message(error));
  }

  /** The agent ended before it answered. */
  static Answer lost(String reason) {
    return new Answer(MissingNode.getInstance(), LOST, reason);
  }

  boolean failed() {
    return code != 0;
  }

  boolean lost() {
    return code == LOST;
  }

  boolean demandsLogin() {
    return code == NO_LOGIN;
  }

  private static int code(JsonNode error) {
    int code = error.path("code").asInt();
    return code == 0 ? -1 : code;
  }

  /** The message, with what the agent adds; often the message alone says only "internal error". */
  private static String message(JsonNode error) {
    JsonNode data = error.path("data");
    String detail =
        data.isTextual()
            ? data.textValue()
            : data.path("details").asText(data.path("message").asText(""));
    String message = error.path("message").asText("");
    return detail.isBlank() ? message : message + ": " + detail;
  }
}
