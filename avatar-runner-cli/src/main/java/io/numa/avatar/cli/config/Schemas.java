package io.numa.avatar.cli.config;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;

/** Pieces of JSON Schema, draft 2020-12. */
final class Schemas {
  private Schemas() {}

  static ObjectNode type(String name) {
    return node().put("type", name);
  }

  /** Text of a form. */
  static ObjectNode text(String pattern) {
    return type("string").put("pattern", pattern);
  }

  /**
   * What one of the schemas allows, or text with a variable in it, which is judged when it is in.
   */
  static ObjectNode orVariable(ObjectNode... allowed) {
    ObjectNode any = node();
    ArrayNode schemas = any.putArray("anyOf");
    for (ObjectNode schema : allowed) {
      schemas.add(schema);
    }
    schemas.add(text("\\$\\{"));
    return any;
  }

  static ObjectNode list(ObjectNode item) {
    ObjectNode list = orNothing("array");
    list.set("items", item);
    return list;
  }

  static ObjectNode entry(Collection<Key<?>> members) {
    ObjectNode entry = section(type("object"));
    ArrayNode required = entry.arrayNode();
    for (Key<?> member : members) {
      put(entry, member.name(), property(member));
      if (member.required()) {
        required.add(member.path());
      }
    }
    entry.set("required", required);
    return entry;
  }

  /** An object without keys so far, and no others allowed. */
  static ObjectNode section() {
    return section(orNothing("object"));
  }

  static void put(ObjectNode section, String name, ObjectNode property) {
    section.withObject("/properties").set(name, property);
  }

  static ObjectNode property(Key<?> key) {
    ObjectNode property = key.type().schema().deepCopy();
    property.put("description", key.doc().replace("`", ""));
    if (!key.required()) {
      key.fallback().ifPresent(text -> putDefault(property, text));
    }
    return property;
  }

  private static ObjectNode section(ObjectNode object) {
    object.putObject("properties");
    return object.put("additionalProperties", false);
  }

  private static void putDefault(ObjectNode property, String text) {
    if (text.matches("[0-9]+")) {
      property.put("default", Integer.parseInt(text));
    } else if (text.matches("true|false")) {
      property.put("default", Boolean.parseBoolean(text));
    } else {
      property.put("default", text);
    }
  }

  /** A section or list may be left without content, as when all of it is commented out. */
  private static ObjectNode orNothing(String type) {
    ObjectNode schema = node();
    schema.putArray("type").add(type).add("null");
    return schema;
  }

  private static ObjectNode node() {
    return JsonNodeFactory.instance.objectNode();
  }
}
