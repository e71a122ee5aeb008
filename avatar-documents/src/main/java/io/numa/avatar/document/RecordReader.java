package io.numa.avatar.document;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes records of a valid document by their shapes. Jackson could do it, too, but would first
 * explore each record's class on its own, which the start of a program would wait for.
 */
final class RecordReader {
  private final DocumentBinder.Problems problems;

  /**
   * @param problems receives the values that their kinds refuse; the record has null for them
   */
  RecordReader(DocumentBinder.Problems problems) {
    this.problems = problems;
  }

  /** The kind's own message about an invalid value; empty if the general message is enough. */
  static Optional<String> reason(ValueKind<?> kind, JsonNode node, JsonPointer at) {
    try {
      kind.reader().read(node, at);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** Reads a mapping; keys that have no value are null, or empty if they are optional. */
  Record read(JsonNode node, Shape.Mapping mapping, JsonPointer at) {
    List<Shape.Component> keys = mapping.keys();
    var values = new @Nullable Object[keys.size()];
    for (int i = 0; i < values.length; i++) {
      Shape.Component key = keys.get(i);
      Object value = value(node.path(key.name()), key.shape(), at.appendProperty(key.name()));
      values[i] = key.isOptional() ? Optional.ofNullable(value) : value;
    }
    return make(mapping, values);
  }

  private @Nullable Object value(JsonNode node, Shape shape, JsonPointer at) {
    if (node.isMissingNode() || node.isNull()) {
      return null;
    }
    if (shape instanceof Shape.Leaf leaf) {
      return single(node, leaf.kind(), at);
    }
    if (shape instanceof Shape.Items items) {
      return list(node, items.item(), at);
    }
    if (shape instanceof Shape.Entries entries) {
      return map(node, entries.value(), at);
    }
    return read(node, (Shape.Mapping) shape, at);
  }

  private @Nullable Object single(JsonNode node, ValueKind<?> kind, JsonPointer at) {
    try {
      Optional<?> value = kind.reader().read(node, at);
      if (value.isPresent()) {
        return value.get();
      }
      problems.add(at, kind, node, Optional.empty());
    } catch (IllegalArgumentException e) {
      problems.add(at, kind, node, Optional.of(String.valueOf(e.getMessage())));
    }
    return null;
  }

  private List<@Nullable Object> list(JsonNode node, Shape item, JsonPointer at) {
    var list = new ArrayList<@Nullable Object>();
    for (JsonNode each : node) {
      list.add(value(each, item, at.appendIndex(list.size())));
    }
    return list;
  }

  private Map<String, @Nullable Object> map(JsonNode node, Shape value, JsonPointer at) {
    var map = new LinkedHashMap<String, @Nullable Object>();
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      String name = entry.getKey();
      map.put(name, value(entry.getValue(), value, at.appendProperty(name)));
    }
    return map;
  }

  private static Record make(Shape.Mapping mapping, @Nullable Object[] values) {
    Class<? extends Record> type = mapping.type();
    try {
      var parameters = mapping.keys().stream().map(key -> key.source().getType());
      Constructor<? extends Record> constructor =
          type.getDeclaredConstructor(parameters.toArray(Class<?>[]::new));
      constructor.setAccessible(true); // the records of documents need not be public
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException("a valid document could not be bound: " + type, e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a document could not be bound: " + type, e);
    }
  }
}
