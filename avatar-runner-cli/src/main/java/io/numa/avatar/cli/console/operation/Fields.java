package io.numa.avatar.cli.console.operation;

import com.fasterxml.jackson.databind.JsonNode;
import io.numa.avatar.cli.console.Harmless;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The fields of a document. Its texts are made safe for a terminal. */
record Fields(JsonNode node) {
  /** A text on one line; empty if there is none. */
  Optional<String> text(String name) {
    return raw(name).map(Harmless::line).filter(text -> !text.isEmpty());
  }

  /** The lines of a text that are not blank. */
  Stream<String> lines(String name) {
    return raw(name).map(Harmless::text).stream()
        .flatMap(String::lines)
        .map(line -> line.replace('\t', ' ').stripTrailing())
        .filter(line -> !line.isBlank());
  }

  private Optional<String> raw(String name) {
    return Optional.ofNullable(node.get(name)).map(JsonNode::asText);
  }

  /** A text that is always there. */
  String word(String name) {
    return text(name).orElse("");
  }

  Optional<Instant> time(String name) {
    return raw(name).map(Instant::parse);
  }

  long number(String name) {
    return node.path(name).asLong();
  }

  boolean is(String name) {
    return node.path(name).asBoolean();
  }

  boolean has(String name) {
    return node.has(name);
  }

  Duration seconds(String name) {
    return Duration.ofMillis(Math.round(node.path(name).asDouble() * 1000));
  }

  Optional<Fields> object(String name) {
    return Optional.ofNullable(node.get(name)).map(Fields::new);
  }

  Stream<Fields> objects(String name) {
    return StreamSupport.stream(node.path(name).spliterator(), false).map(Fields::new);
  }

  Stream<String> texts(String name) {
    return StreamSupport.stream(node.path(name).spliterator(), false)
        .map(JsonNode::asText)
        .map(Harmless::line);
  }
}
