package io.numa.avatar.cli.config;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The configuration file's JSON Schema (draft 2020-12), for editors and for checks elsewhere. */
public final class ConfigSchema {
  private ConfigSchema() {}

  /**
   * Returns the schema. No key is required, as each may come from the environment or another file.
   * {@code ${NAME}} is allowed wherever the program allows it.
   */
  public static String json() {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    root.put("title", "Numa Avatar configuration");
    root.setAll(ConfigLanguage.KEYS.schema());
    return root.toPrettyString() + "\n";
  }
}
