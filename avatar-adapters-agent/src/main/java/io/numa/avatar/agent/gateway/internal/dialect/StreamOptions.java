package io.numa.avatar.agent.gateway.internal.dialect;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;

/**
 * The {@code stream_options} of a request in OpenAI's chat manner.
 *
 * @param statesUsage whether they ask the host to state the usage of a stream
 * @param edit what makes them ask for it
 */
record StreamOptions(boolean statesUsage, Optional<Edit> edit) {
  static final StreamOptions NONE = new StreamOptions(false, Optional.empty());

  private static final int MAX_FIELDS = 100;

  /**
   * Reads the options to their end.
   *
   * @param json at their first character
   */
  static StreamOptions read(JsonParser json) throws IOException, RefusedException {
    int start = offset(json);
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      return edited(new Edit(start, start + "null".length(), "{\"include_usage\":true}"));
    }
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw OutlineReader.invalid("stream_options must be an object");
    }
    StreamOptions options = null;
    var names = new HashSet<String>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      if (!names.add(name.toLowerCase(Locale.ROOT)) || names.size() > MAX_FIELDS) {
        throw OutlineReader.invalid("stream_options has too many fields, or one of them twice");
      }
      json.nextToken();
      options = name.equals("include_usage") ? usage(json) : options;
      json.skipChildren();
    }
    String comma = names.isEmpty() ? "" : ",";
    return options == null
        ? edited(Edit.insertion(start + 1, "\"include_usage\":true" + comma))
        : options;
  }

  private static StreamOptions usage(JsonParser json) throws RefusedException {
    int start = offset(json);
    return switch (json.currentToken()) {
      case VALUE_TRUE -> new StreamOptions(true, Optional.empty());
      case VALUE_FALSE -> edited(new Edit(start, start + "false".length(), "true"));
      default -> throw OutlineReader.invalid("include_usage must be true or false");
    };
  }

  private static StreamOptions edited(Edit edit) {
    return new StreamOptions(false, Optional.of(edit));
  }

  private static int offset(JsonParser json) {
    return (int) json.currentTokenLocation().getByteOffset();
  }
}
