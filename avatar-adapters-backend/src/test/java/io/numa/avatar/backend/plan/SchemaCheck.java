package io.numa.avatar.backend.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.numa.avatar.document.ParsedText;
import io.numa.avatar.plan.PlanSource;
import java.util.List;

/** What the schema says of a plan, and what the reader does. */
final class SchemaCheck {
  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  private static final Schema PLAN = SCHEMAS.getSchema(PlanSchema.json(), InputFormat.JSON);

  private SchemaCheck() {}

  static List<Error> schemaErrors(JsonNode plan) {
    return PLAN.validate(plan);
  }

  /** What the schema of schemas says of the plan's. */
  static List<Error> metaErrors() {
    return SCHEMAS
        .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"))
        .validate(PlanSchema.json(), InputFormat.JSON);
  }

  static boolean readerTakes(JsonNode plan) {
    return new PlanReader().read(plan) instanceof PlanSource.Structured;
  }

  /** The tree that the reader sees of a text. */
  static JsonNode tree(String text) {
    return ParsedText.parse(text, "steps").root();
  }
}
