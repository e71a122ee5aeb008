package io.numa.avatar.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Pieces of JSON Schema, draft 2020-12.
 *
 * <p>Patterns use only what the regular expressions of Java and ECMAScript have in common. They
 * match the end of a text as a place that no character follows, because Java's {@code $} also
 * matches before a last line feed.
 */
public final class SchemaNodes {
  private SchemaNodes() {}

  /** Allows everything. */
  public static ObjectNode empty() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** Allows values of the named types. */
  public static ObjectNode type(String... names) {
    ObjectNode schema = empty();
    if (names.length == 1) {
      return schema.put("type", names[0]);
    }
    List.of(names).forEach(schema.putArray("type")::add);
    return schema;
  }

  /** Allows text in which {@code pattern} is found. */
  public static ObjectNode text(String pattern) {
    return type("string").put("pattern", pattern);
  }

  /** Allows each of the words. */
  public static ObjectNode words(List<String> words) {
    ObjectNode schema = type("string");
    words.forEach(schema.putArray("enum")::add);
    return schema;
  }

  /** Allows whole numbers from {@code least} to {@code most}. */
  public static ObjectNode integer(int least, int most) {
    return type("integer").put("minimum", least).put("maximum", most);
  }

  /** Allows lists of such items. */
  public static ObjectNode list(ObjectNode item) {
    ObjectNode schema = type("array");
    schema.set("items", item);
    return schema;
  }

  /** Allows what at least one of the schemas allows. */
  public static ObjectNode anyOf(ObjectNode... allowed) {
    ObjectNode schema = empty();
    List.of(allowed).forEach(schema.putArray("anyOf")::add);
    return schema;
  }

  /** Allows what exactly one of the schemas allows. */
  public static ObjectNode oneOf(List<ObjectNode> choices) {
    ObjectNode schema = empty();
    choices.forEach(schema.putArray("oneOf")::add);
    return schema;
  }

  /** Allows mappings that have all of the keys. A key whose value is null counts as absent. */
  static ObjectNode present(String... keys) {
    ObjectNode schema = empty();
    List.of(keys).forEach(schema.putArray("required")::add);
    ObjectNode properties = schema.putObject("properties");
    List.of(keys).forEach(key -> properties.set(key, not(type("null"))));
    return schema;
  }

  static ObjectNode not(ObjectNode refused) {
    ObjectNode schema = empty();
    schema.set("not", refused);
    return schema;
  }

  /** Allows null and what {@code schema} allows, which must name its types or choices. */
  static ObjectNode orNull(ObjectNode schema) {
    JsonNode type = schema.path("type");
    if (type.isMissingNode()) {
      schema.withArray("anyOf").add(type("null"));
      return schema;
    }
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
