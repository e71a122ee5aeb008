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
 * @param expectation the allowed values, in words that follow "expected" or "must be"
 * @param schema validates the value; has at least its {@code type}
 * @param published the schema for editors and other programs, which may be more detailed
 * @param reader reads a value that the schema allows
 * @param printer writes a value as YAML
 * @param secret whether values must be hidden
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
     * Returns the value; empty if it is not what the kind expects.
     *
     * @throws IllegalArgumentException if the value is invalid for a special reason; the message is
     *     complete
     */
    Optional<T> read(JsonNode node, JsonPointer at);
  }

  /** A kind whose schema for editors is the one that validates. */
  public static <T> ValueKind<T> of(String expectation, ObjectNode schema, Reader<T> reader) {
    return new ValueKind<>(expectation, schema, schema, reader, String::valueOf, false);
  }

  /** The same kind with another schema for editors. */
  public ValueKind<T> published(UnaryOperator<ObjectNode> change) {
    return new ValueKind<>(
        expectation, schema, change.apply(schema.deepCopy()), reader, printer, secret);
  }

  /** The same kind with another printer. */
  public ValueKind<T> printed(Function<T, String> by) {
    return new ValueKind<>(expectation, schema, published, reader, by, secret);
  }

  /** The same kind, with secret values. */
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
