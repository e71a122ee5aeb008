package io.numa.avatar.backend.plan;

import static io.numa.avatar.backend.plan.Values.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.plan.CommandLine;
import io.numa.avatar.plan.TestCommand;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The types of values that say what to run, and how. */
final class Commands {
  private static final String NO_NUL = "^[^\\u0000]*$";
  private static final String NO_NUL_AND_NOT_BLANK = "^[^\\u0000]*[^\\s\\u0000][^\\u0000]*$";

  static final ValueType<CommandLine> COMMAND =
      ValueType.of(
          "text (a line for the shell) or a list (a program and its arguments)",
          schema(NO_NUL_AND_NOT_BLANK),
          node -> node.isTextual() || node.isArray(),
          Commands::command);

  static final ValueType<TestCommand> TEST_COMMAND =
      ValueType.of(
          "text (a line for the shell, \"\" for no tests) or a list (a program and its arguments)",
          schema(NO_NUL),
          node -> node.isTextual() || node.isArray(),
          Commands::testCommand);

  static final ValueType<Set<Integer>> EXIT_CODES =
      ValueType.of(
          "a list of numbers from 0 to 255",
          Schemas.list(Schemas.integer(0, 255)),
          JsonNode::isArray,
          Commands::exitCodes);

  static final ValueType<Map<String, String>> ENVIRONMENT =
      new ValueType<>(environmentSchema(), Commands::environment);

  private Commands() {}

  private static ObjectNode schema(String line) {
    ObjectNode schema = Schemas.type("string", "array").put("pattern", line).put("minItems", 1);
    schema.putArray("prefixItems").add(Schemas.text(NO_NUL_AND_NOT_BLANK));
    schema.set("items", Schemas.text(NO_NUL));
    return schema;
  }

  private static ObjectNode environmentSchema() {
    ObjectNode schema = Schemas.type("object");
    schema.putObject("propertyNames").put("pattern", "^[^=\\u0000]+$");
    schema.set("additionalProperties", Schemas.text(NO_NUL));
    return schema;
  }

  private static TestCommand testCommand(JsonNode node) {
    return node.isTextual() ? TestCommand.ofLine(text(node)) : new TestCommand.Run(command(node));
  }

  private static CommandLine command(JsonNode node) {
    if (node.isTextual()) {
      return new CommandLine.Shell(text(node));
    }
    var words = new ArrayList<String>();
    for (JsonNode word : node) {
      if (!word.isTextual()) {
        throw new IllegalArgumentException(
            "must be a list of texts, but holds "
                + ValueType.describe(word)
                + "; put it in quotes");
      }
      words.add(text(word));
    }
    return new CommandLine.Argv(words);
  }

  private static Set<Integer> exitCodes(JsonNode node) {
    var codes = new LinkedHashSet<Integer>();
    for (JsonNode code : node) {
      boolean sensible = code.isIntegralNumber() && code.canConvertToInt();
      if (!sensible || code.intValue() < 0 || code.intValue() > 255) {
        throw new IllegalArgumentException(
            "must be a list of numbers from 0 to 255, but holds " + ValueType.describe(code));
      }
      codes.add(code.intValue());
    }
    if (codes.isEmpty()) {
      throw new IllegalArgumentException("is empty: no exit code would be a success");
    }
    return codes;
  }

  private static Optional<Map<String, String>> environment(JsonNode node, Place place) {
    if (!node.isObject()) {
      place.problem("must be a mapping of names to texts, not " + ValueType.describe(node));
      return Optional.empty();
    }
    var variables = new LinkedHashMap<String, String>();
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      variable(entry.getKey(), entry.getValue(), place.key(entry.getKey()))
          .ifPresent(value -> variables.put(entry.getKey(), value));
    }
    return variables.size() == node.size() ? Optional.of(variables) : Optional.empty();
  }

  private static Optional<String> variable(String name, JsonNode value, Place place) {
    if (name.isEmpty() || name.indexOf('=') >= 0 || name.indexOf('\0') >= 0) {
      place.problem("a variable's name must not be empty, nor hold '=' or NUL");
      return Optional.empty();
    }
    if (!value.isTextual()) {
      place.problem("must be text, not " + ValueType.describe(value) + "; put it in quotes");
      return Optional.empty();
    }
    if (value.asText().indexOf('\0') >= 0) {
      place.problem("must not hold NUL");
      return Optional.empty();
    }
    return Optional.of(value.asText());
  }
}
