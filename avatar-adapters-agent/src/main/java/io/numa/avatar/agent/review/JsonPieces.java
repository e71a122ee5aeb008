package io.numa.avatar.agent.review;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the objects and lists of JSON in a text, as generously as possible. */
final class JsonPieces {
  /** Answers are cut far below this. */
  private static final int MAX_CHARS = 1 << 20;

  /** The most places at which a piece is looked for, so that the time is bounded. */
  private static final int MAX_TRIES = 1_000;

  private static final int MAX_DEPTH = 30;

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(
              JsonReadFeature.ALLOW_TRAILING_COMMA,
              JsonReadFeature.ALLOW_SINGLE_QUOTES,
              JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES,
              JsonReadFeature.ALLOW_JAVA_COMMENTS,
              JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS,
              JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER,
              JsonReadFeature.ALLOW_LEADING_ZEROS_FOR_NUMBERS,
              JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .build();

  static {
    MAPPER
        .getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(MAX_DEPTH)
                .maxStringLength(MAX_CHARS)
                .build());
  }

  private final char[] text;
  private int at;

  private JsonPieces(String text) {
    this.text = text.substring(0, Math.min(text.length(), MAX_CHARS)).toCharArray();
  }

  /** The outermost pieces that can be read, in order. */
  static List<JsonNode> of(String text) {
    return new JsonPieces(text).all();
  }

  private List<JsonNode> all() {
    var pieces = new ArrayList<JsonNode>();
    for (int tries = 0; tries < MAX_TRIES && findStart(); tries++) {
      readPiece().ifPresent(pieces::add);
    }
    return pieces;
  }

  private boolean findStart() {
    while (at < text.length && text[at] != '{' && text[at] != '[') {
      at++;
    }
    return at < text.length;
  }

  /** Reads the piece that begins here, and goes behind it; to the next character if it is none. */
  private Optional<JsonNode> readPiece() {
    try (JsonParser parser = MAPPER.getFactory().createParser(text, at, text.length - at)) {
      JsonNode piece = MAPPER.readTree(parser);
      at += (int) parser.currentLocation().getCharOffset();
      return Optional.of(piece);
    } catch (JacksonException e) {
      at++;
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory could not be read", e);
    }
  }
}
