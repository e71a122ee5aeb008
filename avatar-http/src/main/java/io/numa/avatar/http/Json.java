package io.numa.avatar.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Writer;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reads and writes the JSON of requests and answers. */
public final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          // The transport limits the size of an answer.
                          .maxStringLength(Integer.MAX_VALUE)
                          .maxNestingDepth(200)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private Json() {}

  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** The JSON object or list in {@code text}; empty if it is anything else. */
  public static Optional<JsonNode> parse(String text) {
    try {
      return Optional.of(MAPPER.readTree(text)).filter(JsonNode::isContainerNode);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /** Writes {@code node} piece by piece, and leaves {@code out} open. */
  static void write(JsonNode node, Writer out) throws IOException {
    try (JsonGenerator generator = MAPPER.createGenerator(out)) {
      generator.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      MAPPER.writeTree(generator, node);
    }
  }

  /** The text at {@code path}, such as {@code /head/sha}; empty text if there is none. */
  public static String text(JsonNode node, String path) {
    return node.at(path).asText("");
  }

  public static Stream<JsonNode> items(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }

  /** The texts that one member has in the objects of a list. */
  public static Set<String> texts(JsonNode list, String member) {
    var texts = new LinkedHashSet<String>();
    list.forEach(item -> texts.add(item.path(member).asText("")));
    return texts;
  }

  /**
   * The text of an id, which may be a number.
   *
   * @throws IllegalArgumentException if {@code node} is neither text nor a whole number
   */
  public static String id(JsonNode node) {
    if (node.isTextual() || node.isIntegralNumber()) {
      return node.asText();
    }
    throw new IllegalArgumentException("must be a number or text, not " + kind(node));
  }

  /** The kind of {@code node}, in words. */
  public static String kind(JsonNode node) {
    return switch (node.getNodeType()) {
      case ARRAY -> "a list";
      case OBJECT, POJO -> "an object";
      case STRING, BINARY -> "text";
      case NUMBER -> "a number";
      case BOOLEAN -> "true or false";
      case NULL, MISSING -> "nothing";
    };
  }
}
