package io.numa.avatar.backend;

import com.fasterxml.jackson.databind.JsonNode;
import io.numa.avatar.http.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The fields of an object from the backend, and everything that was found wrong with them. */
final class Fields {
  private final JsonNode object;
  private final List<String> problems = new ArrayList<>();

  Fields(JsonNode object) {
    this.object = object;
  }

  /** The field as it is; empty where it is absent or null. */
  Optional<JsonNode> find(String name) {
    return Optional.ofNullable(object.get(name)).filter(node -> !node.isNull());
  }

  /**
   * Reads a field that may be absent.
   *
   * @param reader throws {@link IllegalArgumentException} where it can make nothing of the value
   */
  <T> Optional<T> optional(String name, Function<JsonNode, T> reader) {
    return find(name).flatMap(node -> read(name, node, reader));
  }

  /** Reads a text that may be absent; a blank one is as good as none. */
  <T> Optional<T> optionalText(String name, Function<String, T> reader) {
    return optional(name, Fields::text)
        .filter(text -> !text.isBlank())
        .flatMap(text -> read(name, text, reader));
  }

  /** The same, but its absence is a problem. */
  <T> Optional<T> requiredText(String name, Function<String, T> reader) {
    missingIfEmpty(name, find(name).filter(node -> !node.isTextual() || !node.asText().isBlank()));
    return optionalText(name, reader);
  }

  /** Reads an id that must be there. */
  <T> Optional<T> requiredId(String name, Function<String, T> reader) {
    missingIfEmpty(name, find(name));
    return optional(name, node -> reader.apply(Json.id(node)));
  }

  private void missingIfEmpty(String name, Optional<JsonNode> value) {
    if (value.isEmpty()) {
      problem(name, "is missing");
    }
  }

  private <S, T> Optional<T> read(String name, S value, Function<S, T> reader) {
    try {
      return Optional.of(reader.apply(value));
    } catch (IllegalArgumentException e) {
      problem(name, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  void problem(String name, String text) {
    problems.add(name + ": " + text);
  }

  List<String> problems() {
    return List.copyOf(problems);
  }

  private static String text(JsonNode node) {
    if (!node.isTextual()) {
      throw new IllegalArgumentException("must be text, not " + Json.kind(node));
    }
    return node.asText();
  }
}
