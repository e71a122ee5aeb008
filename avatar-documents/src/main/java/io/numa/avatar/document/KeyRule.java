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
 * What must hold between the keys of a mapping. A key without value is as good as absent.
 *
 * @param schema allows the mappings that keep the rule; empty where no schema can say it
 * @param check says what is wrong with a mapping, whose known keys it gets, if anything is
 */
public record KeyRule(
    Optional<ObjectNode> schema, BiFunction<JsonNode, List<String>, Optional<Broken>> check) {

  /**
   * A rule that is broken.
   *
   * @param key where; the empty one for the mapping as a whole
   */
  public record Broken(String key, String message) {}

  /** A rule that no schema can say. */
  public static KeyRule beyondSchemas(Function<JsonNode, Optional<Broken>> check) {
    return new KeyRule(Optional.empty(), (mapping, known) -> check.apply(mapping));
  }

  /** One of the keys must be there, and no other of them. */
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

  /** The key means nothing beside another. */
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
