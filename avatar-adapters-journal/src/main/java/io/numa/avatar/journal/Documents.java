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
 * Records as JSON, a member for each component. An absent member is an empty optional or list, and
 * an unknown one is passed over, so that a record may grow by such components without a new version
 * of the journal; anything else that is absent is an error.
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
          // A lone surrogate, which a program may print, has no UTF-8.
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .withConfigOverride(
              List.class,
              list -> list.setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)))
          .build();

  private Documents() {}

  static String write(Object value) throws JsonProcessingException {
    return MAPPER.writeValueAsString(value);
  }

  /** The document of what may be nothing: none. */
  static @Nullable String write(Optional<?> value) throws JsonProcessingException {
    return value.isPresent() ? write(value.get()) : null;
  }

  static <T> T read(Class<T> type, String document) throws JsonProcessingException {
    return MAPPER.readValue(document, type);
  }

  /** What {@link #write(Optional)} has written. */
  static <T> Optional<T> readOptional(Class<T> type, @Nullable String document)
      throws JsonProcessingException {
    return document == null ? Optional.empty() : Optional.of(read(type, document));
  }
}
