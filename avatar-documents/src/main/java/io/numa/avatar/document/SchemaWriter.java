package io.numa.avatar.document;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** Writes the schemas of shapes. */
final class SchemaWriter {
  private final Predicate<Shape.Component> nullable;
  private final Predicate<Shape.Component> demanded;

  SchemaWriter(Predicate<Shape.Component> nullable, Predicate<Shape.Component> demanded) {
    this.nullable = nullable;
    this.demanded = demanded;
  }

  /** The schema to validate documents with, after shorthands were replaced. */
  ObjectNode validating(Shape shape) {
    return write(shape, ValueKind::schema, false);
  }

  /** The schema for editors and other programs. */
  ObjectNode published(Shape shape) {
    return write(shape, ValueKind::published, true);
  }

  private ObjectNode write(
      Shape shape, Function<ValueKind<?>, ObjectNode> leaves, boolean published) {
    if (shape instanceof Shape.Leaf leaf) {
      return leaves.apply(leaf.kind()).deepCopy();
    }
    if (shape instanceof Shape.Items items) {
      ObjectNode list = SchemaNodes.list(write(items.item(), leaves, published));
      return published && items.takesOne()
          ? SchemaNodes.anyOf(list, write(shorthand((Shape.Mapping) items.item()), leaves, true))
          : list;
    }
    if (shape instanceof Shape.Entries entries) {
      ObjectNode schema = SchemaNodes.type("object");
      entries
          .names()
          .ifPresent(
              names ->
                  schema.putObject("propertyNames").put("pattern", "^(?:" + names.value() + ")$"));
      schema.set("additionalProperties", write(entries.value(), leaves, published));
      return schema;
    }
    var mapping = (Shape.Mapping) shape;
    ObjectNode schema = mapping(mapping, leaves, published);
    return published && !mapping.shorthand().isEmpty()
        ? SchemaNodes.anyOf(schema, write(shorthand(mapping), leaves, true))
        : schema;
  }

  private static Shape shorthand(Shape.Mapping mapping) {
    String first = mapping.shorthand().get(0);
    return mapping
        .find(first)
        .orElseThrow(
            () -> new IllegalArgumentException("no key of " + mapping.type() + ": " + first))
        .shape();
  }

  private ObjectNode mapping(
      Shape.Mapping mapping, Function<ValueKind<?>, ObjectNode> leaves, boolean published) {
    ObjectNode schema = SchemaNodes.type("object");
    ObjectNode properties = schema.putObject("properties");
    for (Shape.Component key : mapping.keys()) {
      ObjectNode property = write(key.shape(), leaves, published);
      if (key.isRequired() && key.shape() instanceof Shape.Items) {
        property.put("minItems", 1);
      }
      if (nullable.test(key)) {
        property = SchemaNodes.orNull(property);
      }
      properties.set(key.name(), published ? described(property, key) : property);
    }
    List<String> required =
        mapping.keys().stream().filter(demanded).map(Shape.Component::name).toList();
    if (!required.isEmpty()) {
      required.forEach(schema.putArray("required")::add);
    }
    schema.put("additionalProperties", false);
    List<ObjectNode> rules =
        mapping.rules().stream().map(KeyRule::schema).flatMap(Optional::stream).toList();
    if (published
        && !rules.isEmpty()) { // the binder checks rules itself, to report which one is broken
      rules.forEach(schema.putArray("allOf")::add);
    }
    return schema;
  }

  private static ObjectNode described(ObjectNode property, Shape.Component key) {
    property.put("description", key.key().value().replace("`", ""));
    if (!key.isRequired()) {
      key.fallback().ifPresent(text -> putDefault(property, text));
    }
    return property;
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
}
