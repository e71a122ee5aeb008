package io.numa.avatar.git.forge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** JSON as services speak it. */
final class Json {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private Json() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** The object or list that {@code text} is; empty if it is anything else. */
  static Optional<JsonNode> parse(String text) {
    try {
      return Optional.ofNullable(MAPPER.readTree(text)).filter(JsonNode::isContainerNode);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /** The text at {@code path}, such as {@code /head/sha}; empty text where there is none. */
  static String text(JsonNode node, String path) {
    return node.at(path).asText("");
  }

  static Stream<JsonNode> items(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }

  /** The texts of one member of each object in a list. */
  static Set<String> texts(JsonNode list, String member) {
    var texts = new LinkedHashSet<String>();
    list.forEach(item -> texts.add(item.path(member).asText("")));
    return texts;
  }
}
