package io.numa.avatar.backend.plan;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/**
 * A rule about several keys of one mapping.
 *
 * @param schema allows the mappings that keep the rule; empty where no schema can say it
 * @param checker notes at a place what is wrong with a mapping, if anything is
 */
record Rule(Optional<ObjectNode> schema, BiConsumer<Mapping, Place> checker) {

  /** One of {@code keys} must be there, and no other of them. */
  static Rule exactlyOneOf(Key<?>... keys) {
    List<Key<?>> all = List.of(keys);
    ObjectNode schema = Schemas.empty();
    ArrayNode choices = schema.putArray("oneOf");
    all.forEach(key -> choices.add(Schemas.present(List.of(key))));
    return new Rule(
        Optional.of(schema),
        (mapping, place) -> {
          List<Key<?>> present = all.stream().filter(mapping::has).toList();
          if (present.isEmpty()) {
            place.problem("needs one of the keys " + names(all));
          } else if (present.size() > 1) {
            place.problem("has the keys " + names(present) + ", of which only one may be there");
          }
        });
  }

  /** {@code key} means nothing beside {@code other}. */
  static Rule notBeside(Key<?> key, Key<?> other) {
    return new Rule(
        Optional.of(Schemas.not(Schemas.present(List.of(key, other)))),
        (mapping, place) -> {
          if (mapping.has(key) && mapping.has(other)) {
            place
                .key(key.name())
                .problem("'" + key.name() + "' means nothing beside '" + other.name() + "'");
          }
        });
  }

  /** A rule that no schema can say. */
  static Rule ofReader(BiConsumer<Mapping, Place> checker) {
    return new Rule(Optional.empty(), checker);
  }

  /** Notes at {@code place} what is wrong with {@code mapping}, if anything is. */
  void check(Mapping mapping, Place place) {
    checker.accept(mapping, place);
  }

  private static String names(List<Key<?>> keys) {
    return keys.stream().map(key -> "'" + key.name() + "'").collect(Collectors.joining(", "));
  }
}
