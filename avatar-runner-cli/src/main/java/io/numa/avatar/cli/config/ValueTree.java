package io.numa.avatar.cli.config;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.cli.config.value.Origin;
import io.numa.avatar.cli.config.value.RawValue;
import io.numa.avatar.cli.config.value.RawValue.Entries;
import io.numa.avatar.cli.config.value.RawValue.Entry;
import io.numa.avatar.cli.config.value.RawValue.Items;
import io.numa.avatar.cli.config.value.RawValue.Scalar;
import io.numa.avatar.cli.config.value.UnacceptableException;
import io.numa.avatar.document.Shape;
import io.numa.avatar.document.ValueKind;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The values of all sources as one tree, with variables replaced; also keeps each value as written.
 */
final class ValueTree {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Map<JsonPointer, RawValue> written = new HashMap<>();
  private final Map<JsonPointer, Origin> unknown = new HashMap<>();
  private final Set<JsonPointer> failed = new HashSet<>();

  /**
   * Fills the tree with values.
   *
   * @param values by the paths of their keys
   */
  ObjectNode fill(
      Map<String, RawValue> values,
      Map<String, String> environment,
      Purpose purpose,
      Problems problems) {
    var filler = new Filler(environment, purpose, problems);
    ObjectNode root = NODES.objectNode();
    ConfigKeys.sections().keySet().forEach(path -> root.withObject(pointer(path)));
    values.forEach(
        (path, value) -> {
          Shape shape = ConfigKeys.find(path).orElseThrow().shape();
          JsonPointer at = pointer(path);
          JsonNode node = filler.valueOfKey(value, shape, at);
          root.withObject(at.head()).set(at.last().getMatchingProperty(), node);
        });
    return root;
  }

  /** The value as written at a place; if there is none, the one above it. */
  RawValue written(JsonPointer at) {
    RawValue value = written.get(at);
    if (value != null) {
      return value;
    }
    return at.matches() ? Scalar.nothing(new Origin.Default()) : written(at.head());
  }

  /** The source of a place's value; the source of its key if no value is known. */
  Origin origin(JsonPointer at) {
    Origin key = unknown.get(at);
    return key == null ? written(at).origin() : key;
  }

  /** Whether a missing variable was reported at this place already. */
  boolean hasFailed(JsonPointer at) {
    return failed.contains(at);
  }

  /** The dotted path of a place, with indices in brackets. */
  String path(JsonPointer at) {
    if (at.matches()) {
      return "";
    }
    String above = path(at.head());
    if (written.get(at.head()) instanceof Items) {
      return above + "[" + at.last().getMatchingIndex() + "]";
    }
    String name = Entry.shown(at.last().getMatchingProperty());
    return above.isEmpty() ? name : above + "." + name;
  }

  /** The same for what is written there; of a shorthand, the place of the single value. */
  String writtenPath(JsonPointer at) {
    boolean shorthand =
        !at.matches()
            && !written.containsKey(at)
            && written(at) instanceof Scalar value
            && !value.isNothing();
    return shorthand ? writtenPath(at.head()) : path(at);
  }

  static JsonPointer pointer(String path) {
    return JsonPointer.compile("/" + path.replace('.', '/'));
  }

  /** Turns written values into JSON nodes. */
  private final class Filler {
    private final Map<String, String> environment;
    private final Purpose purpose;
    private final Problems problems;

    Filler(Map<String, String> environment, Purpose purpose, Problems problems) {
      this.environment = environment;
      this.purpose = purpose;
      this.problems = problems;
    }

    /** A list or mapping may have no content, as when all its lines are comments. */
    JsonNode valueOfKey(RawValue value, Shape shape, JsonPointer at) {
      if (value.isNothing() && !(shape instanceof Shape.Leaf)) {
        written.put(at, value);
        return shape instanceof Shape.Items ? NODES.arrayNode() : NODES.objectNode();
      }
      return node(value, shape, at);
    }

    private JsonNode node(RawValue value, @Nullable Shape shape, JsonPointer at) {
      written.put(at, value);
      if (value instanceof Items items) {
        return list(items, shape instanceof Shape.Items list ? list.item() : null, at);
      }
      if (value instanceof Entries entries) {
        return mapping(entries, shape, at);
      }
      var scalar = (Scalar) value;
      return kind(shape).map(kind -> typed(scalar, kind, at)).orElseGet(() -> untyped(scalar));
    }

    private ArrayNode list(Items items, @Nullable Shape item, JsonPointer at) {
      ArrayNode list = NODES.arrayNode();
      for (RawValue value : items.values()) {
        list.add(node(value, item, at.appendIndex(list.size())));
      }
      return list;
    }

    private ObjectNode mapping(Entries entries, @Nullable Shape shape, JsonPointer at) {
      ObjectNode mapping = NODES.objectNode();
      for (Entry entry : entries.entries()) {
        JsonPointer place = at.appendProperty(entry.name());
        Shape inner = inner(shape, entry.name());
        if (inner == null) {
          unknown.put(place, entry.origin());
          mapping.set(entry.name(), node(entry.value(), null, place));
        } else {
          mapping.set(entry.name(), valueOfKey(entry.value(), inner, place));
        }
      }
      if (shape instanceof Shape.Mapping known) {
        known.keys().forEach(key -> addDefault(mapping, key, at));
      }
      return mapping;
    }

    private void addDefault(ObjectNode mapping, Shape.Component key, JsonPointer at) {
      JsonPointer place = at.appendProperty(key.name());
      if (!mapping.has(key.name())) {
        key.fallback()
            .map(text -> TextLayers.value(key, text, path(place), new Origin.Default(), problems))
            .ifPresent(value -> mapping.set(key.name(), valueOfKey(value, key.shape(), place)));
      }
    }

    private static @Nullable Shape inner(@Nullable Shape shape, String name) {
      return shape == null || shape instanceof Shape.Items ? null : shape.inner(name).orElse(null);
    }

    /** The kind of a single value; for a shorthand, the kind of the keys that it stands for. */
    private static Optional<ValueKind<?>> kind(@Nullable Shape shape) {
      if (shape instanceof Shape.Items list && list.item() instanceof Shape.Mapping) {
        return kind(list.item());
      }
      if (shape instanceof Shape.Mapping mapping && !mapping.shorthand().isEmpty()) {
        return kind(inner(mapping, mapping.shorthand().get(0)));
      }
      return shape instanceof Shape.Leaf leaf ? Optional.of(leaf.kind()) : Optional.empty();
    }

    private JsonNode typed(Scalar written, ValueKind<?> kind, JsonPointer at) {
      try {
        Scalar scalar = Interpolation.apply(written, environment);
        return switch (scalar.form()) {
          case NOTHING -> NODES.nullNode();
          case TEXT -> NODES.textNode(scalar.text());
          case NUMBER ->
              ConfigLanguage.takesNumbers(kind) ? number(scalar.text()) : NODES.numberNode(0);
          case BOOLEAN -> kind.takes("boolean") ? flag(scalar.text()) : NODES.booleanNode(true);
          case LOOSE -> loose(scalar.text(), kind);
        };
      } catch (UnacceptableException e) {
        if (kind.secret() && !purpose.needsSecrets()) {
          return NODES.textNode(written.text());
        }
        problems.add(written.origin(), path(at), e.reason());
        failed.add(at);
        return NODES.nullNode();
      }
    }

    private static JsonNode loose(String text, ValueKind<?> kind) {
      if (kind.takes("string")) {
        return NODES.textNode(text);
      }
      return kind.takes("boolean") ? flag(text) : number(text);
    }

    /**
     * Reads a plain number. Other notations that YAML takes for numbers stay text, and are refused
     * later.
     */
    private static JsonNode number(String text) {
      String plain = text.strip();
      if (plain.matches("[0-9]{1,18}")) {
        return NODES.numberNode(Long.parseLong(plain));
      }
      return plain.matches("[0-9]{1,18}\\.[0-9]{1,18}")
          ? NODES.numberNode(new BigDecimal(plain))
          : NODES.textNode(text);
    }

    private static JsonNode flag(String text) {
      String word = text.strip();
      return word.matches("(?i)true|false")
          ? NODES.booleanNode(Boolean.parseBoolean(word))
          : NODES.textNode(text);
    }

    private static JsonNode untyped(Scalar scalar) {
      return switch (scalar.form()) {
        case NOTHING -> NODES.nullNode();
        case NUMBER -> NODES.numberNode(0);
        case BOOLEAN -> NODES.booleanNode(true);
        case TEXT, LOOSE -> NODES.textNode(scalar.text());
      };
    }
  }
}
