package io.numa.avatar.backend.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What a key's value must be, for editors, and how it is read.
 *
 * @param schema allows all that {@code reader} takes, and as little else as a schema can say
 * @param reader gives the value; empty if it breaks a rule, which is noted at the place then
 */
record ValueType<T>(ObjectNode schema, BiFunction<JsonNode, Place, Optional<T>> reader) {

  /**
   * The type of values that pass {@code kind} and that {@code reader} makes something of.
   *
   * @param expectation completes "must be …"
   * @param reader throws {@link IllegalArgumentException} with what is wrong
   */
  static <T> ValueType<T> of(
      String expectation,
      ObjectNode schema,
      Predicate<JsonNode> kind,
      Function<JsonNode, T> reader) {
    return new ValueType<>(
        schema,
        (node, place) -> {
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
        });
  }

  /** Reads a value; empty if it breaks a rule, which is noted at {@code place} then. */
  Optional<T> read(JsonNode node, Place place) {
    return reader.apply(node, place);
  }

  /** A copy, as schemas can be changed. */
  @Override
  public ObjectNode schema() {
    return schema.deepCopy();
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
