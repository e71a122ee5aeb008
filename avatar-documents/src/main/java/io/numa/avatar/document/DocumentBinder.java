package io.numa.avatar.document;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Validates a document by its schema, and binds the valid parts to records. */
final class DocumentBinder<T extends Record> {
  private final Class<T> type;
  private final Shape.Mapping root;
  private final ObjectNode schema;
  private final Wording wording;
  private @Nullable Schema validator;

  DocumentBinder(Class<T> type, Shape.Mapping root, ObjectNode schema, Wording wording) {
    this.type = type;
    this.root = root;
    this.schema = schema;
    this.wording = wording;
  }

  DocumentLanguage.Result<T> bind(JsonNode document) {
    JsonNode written = writtenOut(document, root);
    var problems = new Problems(root, wording, written);
    if (!QuickValidation.passes(schema, written)) {
      validator().validate(written).forEach(problems::add);
    }
    problems.checkRules(written, root, JsonPointer.empty());
    if (!written.isObject()) {
      return new DocumentLanguage.Result<>(Optional.empty(), problems.all());
    }
    JsonNode sound = without(problems.faulty(), written);
    Record value = new RecordReader(problems).read(sound, root, JsonPointer.empty());
    return new DocumentLanguage.Result<>(Optional.of(type.cast(value)), problems.all());
  }

  private synchronized Schema validator() {
    if (validator == null) {
      validator = Schemas.REGISTRY.getSchema(schema);
    }
    return validator;
  }

  /** Replaces shorthand values by the mappings that they stand for. */
  private static JsonNode writtenOut(JsonNode node, Shape shape) {
    if (shape instanceof Shape.Items items && node.isArray()) {
      var list = ((ArrayNode) node).arrayNode();
      node.forEach(item -> list.add(writtenOut(item, items.item())));
      return list;
    }
    if (shape instanceof Shape.Entries entries && node.isObject()) {
      var map = ((ObjectNode) node).objectNode();
      node.properties()
          .forEach(entry -> map.set(entry.getKey(), writtenOut(entry.getValue(), entries.value())));
      return map;
    }
    boolean single = node.isValueNode() && !node.isNull();
    if (single && shape instanceof Shape.Items items && items.takesOne()) {
      return JsonNodeFactory.instance.arrayNode().add(writtenOut(node, items.item()));
    }
    if (!(shape instanceof Shape.Mapping mapping)) {
      return node;
    }
    if (single && !mapping.shorthand().isEmpty()) {
      ObjectNode whole = SchemaNodes.empty();
      mapping.shorthand().forEach(key -> whole.set(key, node));
      return whole;
    }
    if (!node.isObject()) {
      return node;
    }
    ObjectNode copy = SchemaNodes.empty();
    for (var entry : node.properties()) {
      JsonNode value = entry.getValue();
      copy.set(
          entry.getKey(),
          mapping.find(entry.getKey()).map(key -> writtenOut(value, key.shape())).orElse(value));
    }
    return copy;
  }

  /** Replaces invalid values by null. */
  private static JsonNode without(List<JsonPointer> faulty, JsonNode document) {
    for (JsonPointer at : faulty) {
      JsonNode parent = document.at(at.head());
      if (parent instanceof ObjectNode mapping) {
        mapping.putNull(at.last().getMatchingProperty());
      } else if (parent instanceof ArrayNode list) {
        list.setNull(at.last().getMatchingIndex());
      }
    }
    return document;
  }

  /** Holds the registry in a class, so that it is loaded on first use. */
  private static final class Schemas {
    static final SchemaRegistry REGISTRY =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  }

  /** Collects the problems of one document. */
  static final class Problems {
    private final Shape.Mapping root;
    private final Wording wording;
    private final JsonNode document;
    private final List<DocumentProblem> found = new ArrayList<>();
    private final List<JsonPointer> faulty = new ArrayList<>();
    private final List<JsonPointer> named = new ArrayList<>();

    Problems(Shape.Mapping root, Wording wording, JsonNode document) {
      this.root = root;
      this.wording = wording;
      this.document = document;
    }

    List<DocumentProblem> all() {
      return List.copyOf(found);
    }

    List<JsonPointer> faulty() {
      return List.copyOf(faulty);
    }

    /** Adds the problem that a value's kind found. */
    void add(JsonPointer at, ValueKind<?> kind, JsonNode node, Optional<String> reason) {
      found.add(
          new DocumentProblem(
              at, reason.orElseGet(() -> wording.unexpected(new Shape.Leaf(kind), node, at))));
    }

    void add(Error error) {
      JsonPointer location = JsonPointer.compile(error.getInstanceLocation().toString());
      Place place = place(location);
      if (place.shape() instanceof Shape.Mapping mapping && place.node().isObject()) {
        addKey(mapping, place.at(), error);
      } else if (place.shape() instanceof Shape.Entries entries && place.node().isObject()) {
        addNames(entries, place);
      } else {
        boolean wrongType = error.getKeyword().equals("type") && location.equals(place.at());
        addValue(place, wrongType);
      }
    }

    /** Checks the rules between the keys of all mappings. */
    void checkRules(JsonNode node, Shape shape, JsonPointer at) {
      if (shape instanceof Shape.Items items && node.isArray()) {
        for (int i = 0; i < node.size(); i++) {
          checkRules(node.get(i), items.item(), at.appendIndex(i));
        }
      } else if (shape instanceof Shape.Entries entries && node.isObject()) {
        node.properties()
            .forEach(
                entry ->
                    checkRules(
                        entry.getValue(), entries.value(), at.appendProperty(entry.getKey())));
      } else if (shape instanceof Shape.Mapping mapping && node.isObject()) {
        for (KeyRule rule : mapping.rules()) {
          rule.check().apply(node, mapping.names()).ifPresent(broken -> add(broken, at));
        }
        for (Shape.Component key : mapping.keys()) {
          checkRules(node.path(key.name()), key.shape(), at.appendProperty(key.name()));
        }
      }
    }

    private void add(KeyRule.Broken broken, JsonPointer at) {
      JsonPointer place = broken.key().isEmpty() ? at : at.appendProperty(broken.key());
      found.add(new DocumentProblem(place, broken.message()));
    }

    private void addKey(Shape.Mapping mapping, JsonPointer at, Error error) {
      String name = error.getProperty();
      found.add(
          mapping
              .find(name)
              .map(key -> wording.missingKey(mapping, at, key))
              .orElseGet(() -> wording.unknownKey(mapping, at, name)));
    }

    private void addNames(Shape.Entries entries, Place place) {
      if (named.contains(place.at())) {
        return;
      }
      named.add(place.at());
      place
          .node()
          .fieldNames()
          .forEachRemaining(
              name -> {
                if (!entries.allows(name)) {
                  JsonPointer at = place.at().appendProperty(name);
                  found.add(new DocumentProblem(at, entries.names().orElseThrow().otherwise()));
                }
              });
    }

    private void addValue(Place place, boolean wrongType) {
      if (faulty.contains(place.at())) {
        return;
      }
      faulty.add(place.at());
      if (place.node().isNull() && place.isRequired() && wording.nullIsAbsent()) {
        var mapping = (Shape.Mapping) place.parent();
        String name = place.at().last().getMatchingProperty();
        found.add(wording.missingKey(mapping, place.at().head(), mapping.find(name).orElseThrow()));
      } else if (place.shape() instanceof Shape.Leaf leaf) {
        Optional<String> reason =
            wrongType
                ? Optional.empty()
                : RecordReader.reason(leaf.kind(), place.node(), place.at());
        add(place.at(), leaf.kind(), place.node(), reason);
      } else {
        found.add(
            new DocumentProblem(
                place.at(), wording.unexpected(place.shape(), place.node(), place.at())));
      }
    }

    /** The place of an error; for an error inside a single value, the value's place. */
    private Place place(JsonPointer location) {
      Shape shape = root;
      Shape parent = root;
      JsonNode node = document;
      JsonPointer at = JsonPointer.empty();
      for (JsonPointer left = location;
          !left.matches() && !(shape instanceof Shape.Leaf);
          left = left.tail()) {
        String name = left.getMatchingProperty();
        Optional<Shape> inner = shape.inner(name);
        if (inner.isEmpty()) {
          break;
        }
        parent = shape;
        shape = inner.get();
        if (node.isArray()) {
          node = node.path(left.getMatchingIndex());
          at = at.appendIndex(left.getMatchingIndex());
        } else {
          node = node.path(name);
          at = at.appendProperty(name);
        }
      }
      return new Place(shape, parent, node, at);
    }
  }

  private record Place(Shape shape, Shape parent, JsonNode node, JsonPointer at) {
    boolean isRequired() {
      return parent instanceof Shape.Mapping mapping
          && !at.matches()
          && mapping
              .find(at.last().getMatchingProperty())
              .filter(key -> key.isRequired())
              .isPresent();
    }
  }
}
