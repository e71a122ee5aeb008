package io.numa.avatar.backend.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.document.SchemaNodes;
import io.numa.avatar.document.ValueKind;
import io.numa.avatar.plan.CommandLine;
import io.numa.avatar.plan.TestCommand;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** The kinds of values for commands: what to run, and how. */
final class CommandValues {
  private static final String NO_NUL = "^[^\\u0000]*$";
  private static final String NO_NUL_AND_NOT_BLANK = "^[^\\u0000]*[^\\s\\u0000][^\\u0000]*$";

  static final ValueKind<CommandLine> COMMAND =
      ValueKind.of(
          "text (a line for the shell) or a list (a program and its arguments)",
          command(NO_NUL_AND_NOT_BLANK),
          (node, at) -> Optional.of(command(node)));

  static final ValueKind<TestCommand> TEST_COMMAND =
      ValueKind.of(
          "text (a line for the shell, \"\" for no tests) or a list (a program and its arguments)",
          command(NO_NUL),
          (node, at) ->
              Optional.of(
                  node.isTextual()
                      ? TestCommand.ofLine(PlanValues.text(node))
                      : new TestCommand.Run(command(node))));

  static final ValueKind<Set<Integer>> EXIT_CODES =
      ValueKind.of(
          "a list of numbers from 0 to 255",
          SchemaNodes.list(SchemaNodes.integer(0, 255)).put("minItems", 1),
          (node, at) -> Optional.of(exitCodes(node)));

  static final ValueKind<StepDocument.Variable> VARIABLE =
      ValueKind.of(
              "text",
              SchemaNodes.type("string", "number", "boolean", "array", "object"),
              (node, at) -> Optional.of(variable(node)))
          .published(any -> SchemaNodes.text(NO_NUL));

  private CommandValues() {}

  private static ObjectNode command(String line) {
    ObjectNode schema = SchemaNodes.type("string", "array").put("pattern", line).put("minItems", 1);
    schema.putArray("prefixItems").add(SchemaNodes.text(NO_NUL_AND_NOT_BLANK));
    schema.set("items", SchemaNodes.text(NO_NUL));
    return schema;
  }

  private static CommandLine command(JsonNode node) {
    if (node.isTextual()) {
      return new CommandLine.Shell(PlanValues.text(node));
    }
    var words = new ArrayList<String>();
    for (JsonNode word : node) {
      if (!word.isTextual()) {
        throw new IllegalArgumentException(
            "must be a list of texts, but holds "
                + PlanValues.describe(word)
                + "; put it in quotes");
      }
      words.add(PlanValues.text(word));
    }
    return new CommandLine.Argv(words);
  }

  private static Set<Integer> exitCodes(JsonNode node) {
    var codes = new LinkedHashSet<Integer>();
    for (JsonNode code : node) {
      codes.add(
          PlanValues.whole(code, 0)
              .filter(number -> number <= 255)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "must be a list of numbers from 0 to 255, but holds "
                              + PlanValues.describe(code))));
    }
    if (codes.isEmpty()) {
      throw new IllegalArgumentException("is empty: no exit code would be a success");
    }
    return codes;
  }

  private static StepDocument.Variable variable(JsonNode node) {
    if (!node.isTextual()) {
      throw new IllegalArgumentException(
          "must be text, not " + PlanValues.describe(node) + "; put it in quotes");
    }
    if (node.asText().indexOf('\0') >= 0) {
      throw new IllegalArgumentException("must not hold NUL");
    }
    return new StepDocument.Variable(node.asText());
  }
}
