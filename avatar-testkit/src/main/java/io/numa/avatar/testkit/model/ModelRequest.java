package io.numa.avatar.testkit.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A received request.
 *
 * @param number in the order of arrival; the first is 1
 * @param dialect empty for requests that ask for no answer of a model, such as a list of models
 * @param path without the query
 * @param headers the headers by their names in lower case
 * @param body decoded as UTF-8
 */
public record ModelRequest(
    long number,
    Optional<Dialect> dialect,
    String method,
    String path,
    Map<String, String> query,
    Map<String, List<String>> headers,
    String body) {
  private static final JsonMapper MAPPER = new JsonMapper();

  public ModelRequest {
    query = Map.copyOf(query);
    headers = Map.copyOf(headers);
  }

  /** The header's first value; {@code name} in lower case. */
  public Optional<String> header(String name) {
    return headers.getOrDefault(name, List.of()).stream().findFirst();
  }

  /** The key that the agent sent, in any of the manners that the providers know. */
  public Optional<String> apiKey() {
    return Stream.of(
            header("authorization").map(value -> value.replaceFirst("(?i)^Bearer +", "")),
            header("x-api-key"),
            header("x-goog-api-key"),
            Optional.ofNullable(query.get("key")))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** The body as JSON, or a missing node. */
  public JsonNode json() {
    try {
      return MAPPER.readTree(body);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  /** The model that was asked for, or an empty text. */
  public String model() {
    String named = path.replaceFirst("^.*/models/", "").replaceFirst(":[a-zA-Z]+$", "");
    return dialect.equals(Optional.of(Dialect.GEMINI)) ? named : json().path("model").asText();
  }

  /** What the person said last, with the context that some agents put before it. */
  public String prompt() {
    return conversation().prompt();
  }

  /** How many results of tools follow the last prompt. */
  public int results() {
    return conversation().results();
  }

  /** The names of the tools that the agent offers. */
  public List<String> tools() {
    return conversation().tools().stream().map(Tool::name).toList();
  }

  private Conversation conversation() {
    return dialect
        .map(spoken -> spoken.wire().read(json()))
        .orElseGet(() -> new Conversation.Builder().build(json()));
  }
}
