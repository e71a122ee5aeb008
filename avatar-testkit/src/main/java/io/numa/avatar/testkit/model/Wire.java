package io.numa.avatar.testkit.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** The requests and answers of a dialect, in JSON. */
interface Wire {
  JsonNodeFactory JSON = JsonNodeFactory.instance;

  Conversation read(JsonNode body);

  /** Whether the answer should be a stream. */
  default boolean streams(ModelRequest request) {
    return request.json().path("stream").asBoolean();
  }

  /** An answer that is no stream. */
  JsonNode whole(ModelRequest request, Answer answer);

  List<Frame> stream(ModelRequest request, Answer answer);

  JsonNode error(int status, String message);

  /**
   * An event of a stream.
   *
   * @param name empty where the dialect names no events
   */
  record Frame(Optional<String> name, String data) {
    static Frame of(JsonNode data) {
      return new Frame(Optional.empty(), data.toString());
    }

    /** Named by the data's {@code type}. */
    static Frame typed(JsonNode data) {
      return new Frame(Optional.of(data.path("type").textValue()), data.toString());
    }

    String text() {
      return name.map(event -> "event: " + event + "\n").orElse("") + "data: " + data + "\n\n";
    }
  }

  static ObjectNode object() {
    return JSON.objectNode();
  }

  /** All texts of a content that is a text, or a list of parts with texts. */
  static String text(JsonNode content) {
    if (content.isTextual()) {
      return content.textValue();
    }
    StringBuilder all = new StringBuilder();
    for (JsonNode part : content) {
      all.append(part.path("text").asText());
    }
    return all.toString();
  }
}
