package io.numa.avatar.backend.plan;

import java.util.List;
import java.util.stream.Collectors;

/** A rule about several keys of one mapping. */
@FunctionalInterface
interface Rule {
  /** Notes at {@code place} what is wrong with {@code mapping}, if anything is. */
  void check(Mapping mapping, Place place);

  /** One of {@code keys} must be there, and no other of them. */
  static Rule exactlyOneOf(Key<?>... keys) {
    List<Key<?>> all = List.of(keys);
    return (mapping, place) -> {
      List<Key<?>> present = all.stream().filter(mapping::has).toList();
      if (present.isEmpty()) {
        place.problem("needs one of the keys " + names(all));
      } else if (present.size() > 1) {
        place.problem("has the keys " + names(present) + ", of which only one may be there");
      }
    };
  }

  /** {@code key} means nothing beside {@code other}. */
  static Rule notBeside(Key<?> key, Key<?> other) {
    return (mapping, place) -> {
      if (mapping.has(key) && mapping.has(other)) {
        place
            .key(key.name())
            .problem("'" + key.name() + "' means nothing beside '" + other.name() + "'");
      }
    };
  }

  private static String names(List<Key<?>> keys) {
    return keys.stream().map(key -> "'" + key.name() + "'").collect(Collectors.joining(", "));
  }
}
