package io.numa.avatar.agent.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.async.ByteArrayFeeder;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A line while it arrives. Its strings are cut before the parser sees them. */
final class JsonLine {
  /** How much of a line is kept as text, in case that it is no JSON. */
  private static final int MAX_TEXT = 8 * 1024;

  private static final int PIECE = 4 * 1024;

  private static final JsonFactory JSON =
      new JsonFactoryBuilder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(2 * StringCutter.LIMIT).build())
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
          .build();

  private final StringBuilder text = new StringBuilder();
  private final StringBuilder piece = new StringBuilder();
  private final StringCutter strings = new StringCutter(StringCutter.LIMIT);
  private final BoundedTree tree = new BoundedTree();
  private @Nullable JsonParser parser;
  private Kind kind = Kind.BLANK;

  private enum Kind {
    BLANK,
    JSON,
    TEXT
  }

  void append(char next) {
    if (kind == Kind.BLANK && !Character.isWhitespace(next)) {
      kind = next == '{' ? Kind.JSON : Kind.TEXT;
    }
    if (kind != Kind.BLANK && text.length() < MAX_TEXT) {
      text.append(next);
    }
    if (kind == Kind.JSON && strings.keeps(next)) {
      piece.append(next);
      if (piece.length() >= PIECE && !Character.isHighSurrogate(next)) {
        parse();
      }
    }
  }

  /** Gives the line to a reader; nothing if it is blank. */
  void end(JsonLines.Reader reader) {
    if (kind == Kind.JSON) {
      parse();
    }
    close();
    Optional<ObjectNode> message = kind == Kind.JSON ? tree.whole() : Optional.empty();
    if (message.isPresent()) {
      reader.message(message.get());
    } else if (kind != Kind.BLANK) {
      reader.text(text.toString().stripTrailing());
    }
  }

  private void parse() {
    byte[] bytes = piece.toString().getBytes(StandardCharsets.UTF_8);
    piece.setLength(0);
    try {
      parse(bytes);
    } catch (IOException e) {
      kind = Kind.TEXT;
    }
  }

  private void parse(byte[] bytes) throws IOException {
    JsonParser current = parser;
    if (current == null) {
      current = JSON.createNonBlockingByteArrayParser();
      parser = current;
    }
    ((ByteArrayFeeder) current.getNonBlockingInputFeeder()).feedInput(bytes, 0, bytes.length);
    for (JsonToken token = current.nextToken();
        token != null && token != JsonToken.NOT_AVAILABLE;
        token = current.nextToken()) {
      tree.add(token, current);
    }
  }

  private void close() {
    if (parser != null) {
      try {
        parser.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
