package io.numa.avatar.cli.config;

import com.fasterxml.jackson.core.JsonPointer;
import io.numa.avatar.cli.config.value.Origin;
import io.numa.avatar.document.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The values of all keys that have one, by the keys' paths. Invalid values are missing. */
final class BoundValues {
  /** The value of a key, and its source. */
  record Bound(Object value, Origin origin) {}

  private final Map<String, Bound> values = new LinkedHashMap<>();
  private final ValueTree tree;

  BoundValues(Configuration configuration, ValueTree tree) {
    this.tree = tree;
    collect(configuration, ConfigKeys.root(), JsonPointer.empty());
  }

  private void collect(Record mapping, Shape.Mapping shape, JsonPointer at) {
    for (Shape.Component key : shape.keys()) {
      JsonPointer place = at.appendProperty(key.name());
      key.in(mapping).ifPresent(value -> collect(value, key, place));
    }
  }

  private void collect(Object value, Shape.Component key, JsonPointer at) {
    if (ConfigKeys.isSection(key)) {
      collect((Record) value, (Shape.Mapping) key.shape(), at);
      return;
    }
    values.put(tree.path(at), new Bound(value, tree.written(at).origin()));
    if (key.shape() instanceof Shape.Items items
        && items.item() instanceof Shape.Mapping entry
        && value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        if (list.get(i) instanceof Record each) {
          collect(each, entry, at.appendIndex(i));
        }
      }
    }
  }

  Optional<Bound> find(String path) {
    return Optional.ofNullable(values.get(path));
  }

  boolean has(String path) {
    return values.containsKey(path);
  }

  /** Whether a section has a key with a value. */
  boolean hasBelow(String section) {
    return values.keySet().stream().anyMatch(path -> path.startsWith(section + "."));
  }

  /** The sources of all values. */
  Stream<Origin> origins() {
    return values.values().stream().map(Bound::origin);
  }

  /** All values of a class. */
  <T> Stream<T> of(Class<T> type) {
    return values.values().stream().map(Bound::value).filter(type::isInstance).map(type::cast);
  }

  /** The source of a value. */
  Origin origin(String path) {
    return find(path).map(Bound::origin).orElseGet(Origin.Default::new);
  }

  /** The source of a list's entry. */
  Origin originOfEntry(String list, int index) {
    return tree.written(ValueTree.pointer(list).appendIndex(index)).origin();
  }
}
