package io.numa.avatar.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares with the validator: each schema with each value. */
class QuickValidationTest {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_SINGLE_QUOTES).build();
  private static final SchemaRegistry VALIDATORS =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  private static final List<JsonNode> VALUES =
      Stream.of(
              "null",
              "true",
              "0",
              "-1",
              "2",
              "2.5",
              "99999999999999999999",
              "''",
              "'a'",
              "'ab'",
              "'a\\nb'",
              "'\uD83D\uDE00'",
              "'2'",
              "[]",
              "['a']",
              "['a', 2]",
              "[null]",
              "{}",
              "{'a': 'a'}",
              "{'a': 2}",
              "{'a': null}",
              "{'a': 'b', 'ab': 2}",
              "{'c': true}",
              "{'a': {'a': 2}}")
          .map(QuickValidationTest::json)
          .toList();

  static Stream<String> known() {
    return Stream.of(
        "{}",
        "{'type': 'null'}",
        "{'type': 'boolean'}",
        "{'type': 'number', 'minimum': 0, 'maximum': 2}",
        "{'type': ['integer', 'string'], 'minimum': 1, 'pattern': '^[a-z]*$'}",
        "{'type': 'string', 'minLength': 1}",
        "{'type': 'string', 'minLength': 2}",
        "{'pattern': 'a.b'}",
        "{'enum': ['a', 2, null]}",
        "{'type': 'array', 'minItems': 1, 'items': {'type': ['string', 'null']}}",
        "{'type': 'object', 'properties': {'a': {'type': 'string'}}}",
        "{'type': 'object', 'properties': {'a': {'type': 'string'}}, 'additionalProperties': false}",
        "{'type': 'object', 'additionalProperties': {'type': 'integer'}}",
        "{'required': ['a']}",
        "{'type': 'object', 'propertyNames': {'pattern': '^(?:a+)$'}}",
        "{'anyOf': [{'type': 'string', 'minLength': 2}, {'type': 'null'}]}",
        "{'properties': {'a': {'properties': {'a': {'minimum': 3}}}}}");
  }

  @ParameterizedTest
  @MethodSource("known")
  void agreesWithTheValidator(String schema) {
    for (JsonNode value : VALUES) {
      assertThat(QuickValidation.passes(json(schema), value))
          .as("%s", value)
          .isEqualTo(VALIDATORS.getSchema(json(schema)).validate(value).isEmpty());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{'const': 2}", "{'oneOf': [{'type': 'string'}]}", "{'not': {'type': 'string'}}"})
  void leavesWhatItDoesNotKnowToTheValidator(String schema) {
    for (JsonNode value : VALUES) {
      assertThat(QuickValidation.passes(json(schema), value)).as("%s", value).isFalse();
    }
  }

  /** The validator knows that the fraction is none. */
  @Test
  void leavesWholeNumbersWithAFractionToTheValidator() {
    assertThat(QuickValidation.passes(json("{'type': 'integer'}"), json("2.0"))).isFalse();
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
