package io.numa.avatar.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What must hold between the keys of a mapping. A key without value is as good as absent. */
public interface KeyRule {
  /** Allows the mappings that keep the rule; empty where no schema can say it. */
  Optional<ObjectNode> schema();

  /** Says what is wrong with a mapping, if anything is. */
  Optional<Broken> check(JsonNode mapping, List<String> known);

  /**
   * A rule that is broken.
   *
   * @param key where; the empty one for the mapping as a whole
   */
  record Broken(String key, String message) {}

  /** A rule that no schema can say. */
  static KeyRule beyondSchemas(Function<JsonNode, Optional<Broken>> check) {
    return new KeyRule() {
      @Override
      public Optional<ObjectNode> schema() {
        return Optional.empty();
      }

      @Override
      public Optional<Broken> check(JsonNode mapping, List<String> known) {
        return check.apply(mapping);
      }
    };
  }

  /** One of the keys must be there, and no other of them. */
  static KeyRule exactlyOneOf(String... keys) {
    return new KeyRule() {
      @Override
      public Optional<ObjectNode> schema() {
        return Optional.of(SchemaNodes.oneOf(Stream.of(keys).map(SchemaNodes::present).toList()));
      }

      @Override
      public Optional<Broken> check(JsonNode mapping, List<String> known) {
        List<String> present = Stream.of(keys).filter(mapping::hasNonNull).toList();
        if (present.size() == 1) {
          return Optional.empty();
        }
        return Optional.of(
            new Broken(
                "",
                present.isEmpty()
                    ? "needs one of the keys " + quoted(List.of(keys))
                    : "has the keys " + quoted(present) + ", of which only one may be there"));
      }
    };
  }

  /** The key means nothing beside another. */
  static KeyRule notBeside(String key, String other) {
    return new KeyRule() {
      @Override
      public Optional<ObjectNode> schema() {
        return Optional.of(SchemaNodes.not(SchemaNodes.present(key, other)));
      }

      @Override
      public Optional<Broken> check(JsonNode mapping, List<String> known) {
        return mapping.hasNonNull(key) && mapping.hasNonNull(other)
            ? Optional.of(new Broken(key, "'" + key + "' means nothing beside '" + other + "'"))
            : Optional.empty();
      }
    };
  }

  private static String quoted(List<String> names) {
    return names.stream().map(name -> "'" + name + "'").collect(Collectors.joining(", "));
  }
}
