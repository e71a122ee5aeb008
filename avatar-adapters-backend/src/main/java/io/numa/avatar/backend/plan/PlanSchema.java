package io.numa.avatar.backend.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.document.SchemaNodes;

/**
 * The JSON Schema (draft 2020-12) of development plans, for editors and for checks elsewhere.
 *
 * <p>The schema allows every plan that {@link PlanReader} accepts. Only the reader refuses
 * duplicate keys, invalid regular expressions and base64, halves of surrogate pairs, whole numbers
 * written like 1.0, times as text beyond a year, and spellings of {@code .git} with invisible
 * characters.
 */
public final class PlanSchema {
  private PlanSchema() {}

  /** Returns the schema, which ends with a line feed. */
  public static String json() {
    ObjectNode root = SchemaNodes.empty();
    root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    root.put("$id", "urn:numa-avatar:development-plan:1");
    root.put("title", "Development plan of Numa Avatar");
    root.put(
        "description", "What a task asks an avatar to do to the code: steps, tests and a commit.");
    root.setAll(PlanLanguage.PLAN.schema());
    return root.toPrettyString() + "\n";
  }
}
