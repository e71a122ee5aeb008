package io.numa.avatar.backend.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** What a key's value must be, and how it is read. */
@FunctionalInterface
interface ValueType<T> {
  /** Reads a value; empty if it breaks a rule, which is noted at {@code place} then. */
  Optional<T> read(JsonNode node, Place place);

  /**
   * The type of values that pass {@code kind} and that {@code reader} makes something of.
   *
   * @param expectation completes "must be …"
   * @param reader throws {@link IllegalArgumentException} with what is wrong
   */
  static <T> ValueType<T> of(
      String expectation, Predicate<JsonNode> kind, Function<JsonNode, T> reader) {
    return (node, place) -> {
      if (!kind.test(node)) {
        place.problem("must be " + expectation + ", not " + describe(node));
        return Optional.empty();
      }
      try {
        return Optional.of(reader.apply(node));
      } catch (IllegalArgumentException e) {
        place.problem(String.valueOf(e.getMessage()));
        return Optional.empty();
      }
    };
  }

  /** What {@code node} is, for people. */
  static String describe(JsonNode node) {
    return switch (node.getNodeType()) {
      case ARRAY -> "a list";
      case OBJECT, POJO -> "a mapping";
      case STRING, BINARY -> "text";
      case NUMBER -> "the number " + node.asText();
      case BOOLEAN -> node.asText();
      case NULL, MISSING -> "nothing";
    };
  }
}
