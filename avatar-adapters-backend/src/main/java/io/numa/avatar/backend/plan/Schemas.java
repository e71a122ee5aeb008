package io.numa.avatar.backend.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Pieces of JSON Schema, draft 2020-12.
 *
 * <p>Patterns are in what the regular expressions of Java and of ECMAScript have in common. The end
 * of a text is a place that no character follows: Java's {@code $} is also before a last line feed.
 */
final class Schemas {
  private Schemas() {}

  static ObjectNode empty() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** Values of some types. */
  static ObjectNode type(String... names) {
    ObjectNode schema = empty();
    if (names.length == 1) {
      return schema.put("type", names[0]);
    }
    List.of(names).forEach(schema.putArray("type")::add);
    return schema;
  }

  /** Text in which {@code pattern} is found. */
  static ObjectNode text(String pattern) {
    return type("string").put("pattern", pattern);
  }

  static ObjectNode oneOf(List<String> words) {
    ObjectNode schema = type("string");
    words.forEach(schema.putArray("enum")::add);
    return schema;
  }

  /** Whole numbers. */
  static ObjectNode integer(int least, int most) {
    return type("integer").put("minimum", least).put("maximum", most);
  }

  /** A list of one value or more. */
  static ObjectNode list(ObjectNode item) {
    ObjectNode schema = type("array").put("minItems", 1);
    schema.set("items", item);
    return schema;
  }

  /** A mapping with {@code keys} and no others. */
  static ObjectNode mapping(List<Key<?>> keys) {
    ObjectNode schema = type("object");
    ObjectNode properties = schema.putObject("properties");
    keys.forEach(key -> properties.set(key.name(), key.schema()));
    List<String> required = keys.stream().filter(Key::required).map(Key::name).toList();
    if (!required.isEmpty()) {
      required.forEach(schema.putArray("required")::add);
    }
    return schema.put("additionalProperties", false);
  }

  /** Mappings in which all of {@code keys} are there; null is as good as absent. */
  static ObjectNode present(List<Key<?>> keys) {
    ObjectNode schema = empty();
    keys.stream().map(Key::name).forEach(schema.putArray("required")::add);
    ObjectNode properties = schema.putObject("properties");
    keys.forEach(key -> properties.set(key.name(), not(type("null"))));
    return schema;
  }

  static ObjectNode not(ObjectNode refused) {
    ObjectNode schema = empty();
    schema.set("not", refused);
    return schema;
  }

  /** What {@code schema}, which names its types, allows, or null. */
  static ObjectNode orNull(ObjectNode schema) {
    JsonNode type = schema.required("type");
    ArrayNode types = schema.putArray("type");
    if (type.isArray()) {
      type.forEach(types::add);
    } else {
      types.add(type);
    }
    types.add("null");
    if (schema.has("enum")) {
      schema.withArray("enum").addNull();
    }
    return schema;
  }
}
