package io.numa.avatar.backend.plan;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.numa.avatar.plan.TestCommand;

/** Reads test commands outside plans by the rules of plans. */
public final class TestCommandReader {
  private TestCommandReader() {}

  /**
   * Reads text (a line for the shell, {@code ""} for no tests) or a list (a program and its
   * arguments).
   *
   * @throws IllegalArgumentException if {@code node} is neither
   */
  public static TestCommand read(JsonNode node) {
    if (!node.isTextual() && !node.isArray()) {
      throw new IllegalArgumentException(
          "must be "
              + CommandValues.TEST_COMMAND.expectation()
              + ", not "
              + PlanValues.describe(node));
    }
    return CommandValues.TEST_COMMAND.reader().read(node, JsonPointer.empty()).orElseThrow();
  }
}
