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

/** The errors of a plan by the schema, and by the reader. */
final class SchemaCheck {
  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  private static final Schema PLAN = SCHEMAS.getSchema(PlanSchema.json(), InputFormat.JSON);

  private SchemaCheck() {}

  static List<Error> schemaErrors(JsonNode plan) {
    return PLAN.validate(plan);
  }

  /** The errors of the plan's schema by its meta-schema. */
  static List<Error> metaErrors() {
    return SCHEMAS
        .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"))
        .validate(PlanSchema.json(), InputFormat.JSON);
  }

  static boolean readerTakes(JsonNode plan) {
    return new PlanReader().read(plan) instanceof PlanSource.Structured;
  }

  /** The tree that the reader parses from a text. */
  static JsonNode tree(String text) {
    return ParsedText.parse(text, "steps").root();
  }
}
