package io.numa.avatar.testkit.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/**
 * A tool that an agent offers.
 *
 * @param schema of the arguments, in JSON Schema; missing for a tool that takes plain text
 */
record Tool(String name, JsonNode schema) {
  /** The name or parameter in lower case, without punctuation: {@code writefile}. */
  static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }

  boolean takesText() {
    return schema.isMissingNode();
  }
}
