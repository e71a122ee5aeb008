package io.numa.avatar.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A rule between the keys of a mapping. A key without a value counts as absent.
 *
 * @param schema allows the mappings that keep the rule; empty if no schema can express the rule
 * @param check receives a mapping with its known keys only; returns how the mapping breaks the
 *     rule, or empty
 */
public record KeyRule(
    Optional<ObjectNode> schema, BiFunction<JsonNode, List<String>, Optional<Broken>> check) {

  /**
   * A violation of a rule.
   *
   * @param key the key to report; empty for the mapping as a whole
   */
  public record Broken(String key, String message) {}

  /** A rule that no schema can express. */
  public static KeyRule beyondSchemas(Function<JsonNode, Optional<Broken>> check) {
    return new KeyRule(Optional.empty(), (mapping, known) -> check.apply(mapping));
  }

  /** Exactly one of the keys must be present. */
  public static KeyRule exactlyOneOf(String... keys) {
    return new KeyRule(
        Optional.of(SchemaNodes.oneOf(Stream.of(keys).map(SchemaNodes::present).toList())),
        (mapping, known) -> {
          List<String> present = Stream.of(keys).filter(mapping::hasNonNull).toList();
          if (present.size() == 1) {
            return Optional.empty();
          }
          String message =
              present.isEmpty()
                  ? "needs one of the keys " + quoted(List.of(keys))
                  : "has the keys " + quoted(present) + ", of which only one may be there";
          return Optional.of(new Broken("", message));
        });
  }

  /** A key must not be present together with another one. */
  public static KeyRule notBeside(String key, String other) {
    return new KeyRule(
        Optional.of(SchemaNodes.not(SchemaNodes.present(key, other))),
        (mapping, known) ->
            Optional.of(new Broken(key, "'" + key + "' means nothing beside '" + other + "'"))
                .filter(broken -> mapping.hasNonNull(key) && mapping.hasNonNull(other)));
  }

  private static String quoted(List<String> names) {
    return names.stream().map(name -> "'" + name + "'").collect(Collectors.joining(", "));
  }
}
