package io.numa.avatar.document;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A kind of single value.
 *
 * @param expectation what is allowed, in words that follow "expected" or "must be"
 * @param schema what the value is validated by, at least its {@code type}
 * @param published the schema for editors and other programs, which may say more
 * @param reader reads a value that the schema allows
 * @param printer writes a value as YAML
 * @param secret whether values must not be shown
 */
public record ValueKind<T>(
    String expectation,
    ObjectNode schema,
    ObjectNode published,
    Reader<T> reader,
    Function<T, String> printer,
    boolean secret) {

  /** Reads a value. */
  @FunctionalInterface
  public interface Reader<T> {
    /**
     * Gives nothing if the value is not what is expected.
     *
     * @throws IllegalArgumentException if there is more to say; the message says it, completely
     */
    Optional<T> read(JsonNode node, JsonPointer at);
  }

  /** A kind that is published as it is validated. */
  public static <T> ValueKind<T> of(String expectation, ObjectNode schema, Reader<T> reader) {
    return new ValueKind<>(expectation, schema, schema, reader, String::valueOf, false);
  }

  /** The same kind with another schema for editors. */
  public ValueKind<T> published(UnaryOperator<ObjectNode> change) {
    return new ValueKind<>(
        expectation, schema, change.apply(schema.deepCopy()), reader, printer, secret);
  }

  /** The same kind, written by another printer. */
  public ValueKind<T> printed(Function<T, String> by) {
    return new ValueKind<>(expectation, schema, published, reader, by, secret);
  }

  /** The same kind, to be kept secret. */
  public ValueKind<T> hidden() {
    return new ValueKind<>(expectation, schema, published, reader, printer, true);
  }

  /** Whether the schema names this type. */
  public boolean takes(String type) {
    JsonNode types = schema.path("type");
    for (JsonNode word : types) {
      if (word.asText().equals(type)) {
        return true;
      }
    }
    return types.asText().equals(type);
  }

  /** Writes a value of this kind. */
  public String print(Object value) {
    @SuppressWarnings("unchecked") // the value was read by this kind
    T own = (T) value;
    return printer.apply(own);
  }
}
