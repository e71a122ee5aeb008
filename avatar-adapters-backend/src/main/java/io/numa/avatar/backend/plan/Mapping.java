package io.numa.avatar.backend.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A mapping that was read by its table of keys: what was there, and what could be read of it. */
final class Mapping {
  private final JsonNode node;
  private final Map<String, Object> values = new HashMap<>();

  private Mapping(JsonNode node) {
    this.node = node;
  }

  /**
   * Reads a mapping, and notes every key that is unknown, missing or wrong.
   *
   * @param owner what to call the mapping in messages
   */
  static Mapping read(String owner, List<Key<?>> keys, JsonNode node, Place place) {
    var mapping = new Mapping(node);
    if (!node.isObject()) {
      place.problem("'" + owner + "' must be a mapping, not " + ValueType.describe(node));
      return mapping;
    }
    List<String> known = keys.stream().map(Key::name).toList();
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                place
                    .key(name)
                    .problem(
                        "'" + owner + "' has no key '" + name + "'" + NearMiss.hint(name, known));
              }
            });
    keys.forEach(key -> mapping.take(owner, key, place));
    return mapping;
  }

  private void take(String owner, Key<?> key, Place place) {
    if (has(key)) {
      key.type()
          .read(node.get(key.name()), place.key(key.name()))
          .ifPresent(value -> values.put(key.name(), value));
    } else if (key.required()) {
      place.problem("'" + owner + "' needs the key '" + key.name() + "'");
    }
  }

  /** Whether the key is there, readable or not; null is as good as absent. */
  boolean has(Key<?> key) {
    return node.hasNonNull(key.name());
  }

  /** The value, where it is there and could be read. */
  @SuppressWarnings("unchecked") // put there by the key's own type
  <T> Optional<T> find(Key<T> key) {
    return Optional.ofNullable((T) values.get(key.name()));
  }

  /** The value of a key that must be there, in a mapping without problems. */
  <T> T get(Key<T> key) {
    return find(key).orElseThrow();
  }

  boolean is(Key<Boolean> key) {
    return find(key).orElse(false);
  }
}
