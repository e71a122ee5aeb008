package io.numa.avatar.journal;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes records as JSON, with a member for each component. A missing member means an
 * empty optional or list, and unknown members are ignored, so that records may get such components
 * without a new version of the journal. If any other member is missing, that is an error.
 */
final class Documents {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .addModule(new JavaTimeModule())
          .visibility(PropertyAccessor.ALL, Visibility.NONE)
          .visibility(PropertyAccessor.FIELD, Visibility.ANY)
          .visibility(PropertyAccessor.CREATOR, Visibility.DEFAULT)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          // A program may print a lone surrogate, which UTF-8 cannot encode.
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .withConfigOverride(
              List.class,
              list -> list.setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)))
          .build();

  private Documents() {}

  static String write(Object value) throws JsonProcessingException {
    return MAPPER.writeValueAsString(value);
  }

  /** The document of an optional value; null if it is empty. */
  static @Nullable String write(Optional<?> value) throws JsonProcessingException {
    return value.isPresent() ? write(value.get()) : null;
  }

  static <T> T read(Class<T> type, String document) throws JsonProcessingException {
    return MAPPER.readValue(document, type);
  }

  /** Reads what {@link #write(Optional)} has written. */
  static <T> Optional<T> readOptional(Class<T> type, @Nullable String document)
      throws JsonProcessingException {
    return document == null ? Optional.empty() : Optional.of(read(type, document));
  }
}
