package io.numa.avatar.backend.internal.read;

import com.fasterxml.jackson.databind.JsonNode;
import io.numa.avatar.http.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads the fields of an object from the backend, and collects their problems. */
public final class Fields {
  private final JsonNode object;
  private final List<String> problems = new ArrayList<>();

  public Fields(JsonNode object) {
    this.object = object;
  }

  /** The field's node; empty if the field is absent or null. */
  public Optional<JsonNode> find(String name) {
    return Optional.ofNullable(object.get(name)).filter(node -> !node.isNull());
  }

  /**
   * Reads an optional field.
   *
   * @param reader throws {@link IllegalArgumentException} if the value is invalid
   */
  public <T> Optional<T> optional(String name, Function<JsonNode, T> reader) {
    return find(name).flatMap(node -> read(name, node, reader));
  }

  /** Reads an optional text; a blank one counts as absent. */
  public <T> Optional<T> optionalText(String name, Function<String, T> reader) {
    return optional(name, Fields::text)
        .filter(text -> !text.isBlank())
        .flatMap(text -> read(name, text, reader));
  }

  /** Reads a required text; a missing or blank one is a problem. */
  public <T> Optional<T> requiredText(String name, Function<String, T> reader) {
    missingIfEmpty(name, find(name).filter(node -> !node.isTextual() || !node.asText().isBlank()));
    return optionalText(name, reader);
  }

  /**
   * Reads a required id.
   *
   * @param other where the id is if the field is absent, such as {@code /application/id}
   */
  public <T> Optional<T> requiredId(String name, String other, Function<String, T> reader) {
    Optional<JsonNode> id =
        find(name)
            .or(
                () ->
                    Optional.of(object.at(other))
                        .filter(node -> !node.isMissingNode() && !node.isNull()));
    missingIfEmpty(name, id);
    return id.flatMap(node -> read(name, node, value -> reader.apply(Json.id(value))));
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

  public void problem(String name, String text) {
    problems.add(name + ": " + text);
  }

  public List<String> problems() {
    return List.copyOf(problems);
  }

  private static String text(JsonNode node) {
    if (!node.isTextual()) {
      throw new IllegalArgumentException("must be text, not " + Json.kind(node));
    }
    return node.asText();
  }
}
