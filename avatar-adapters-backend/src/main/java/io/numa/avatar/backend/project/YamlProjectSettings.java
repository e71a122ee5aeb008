package io.numa.avatar.backend.project;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.numa.avatar.backend.plan.PlanReader;
import io.numa.avatar.backend.plan.TestCommandReader;
import io.numa.avatar.document.ParsedText;
import io.numa.avatar.plan.PlanProblem;
import io.numa.avatar.plan.TestCommand;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.ProjectSettings;
import io.numa.avatar.task.FailureKind;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.Optional;

/** Reads {@code .numa.yaml}. Ignores keys other than {@code test.command}. */
public final class YamlProjectSettings implements ProjectSettings {
  @Override
  public Optional<TestCommand> testCommand(byte[] content) {
    ParsedText document = ParsedText.parse(text(content), "");
    if (!document.problems().isEmpty()) {
      throw invalid(PlanReader.planProblems(document.problems()));
    }
    JsonNode test = document.root().path("test");
    if (!isMappingOrNothing(document.root()) || !isMappingOrNothing(test)) {
      throw invalid(List.of(new PlanProblem("", "must be a mapping like {test: {command: …}}")));
    }
    JsonNode command = test.path("command");
    try {
      return isNothing(command) ? Optional.empty() : Optional.of(TestCommandReader.read(command));
    } catch (IllegalArgumentException e) {
      throw invalid(List.of(new PlanProblem("/test/command", String.valueOf(e.getMessage()))));
    }
  }

  private static boolean isMappingOrNothing(JsonNode node) {
    return node.isObject() || isNothing(node);
  }

  private static boolean isNothing(JsonNode node) {
    return node.isNull() || node.isMissingNode();
  }

  private static String text(byte[] content) {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
    } catch (CharacterCodingException e) {
      throw new PortException(
          FailureKind.INVALID_PLAN, "could not read .numa.yaml: it is not in UTF-8", e);
    }
  }

  private static PortException invalid(List<PlanProblem> problems) {
    List<String> words = problems.stream().map(PlanProblem::toString).toList();
    return new PortException(
        FailureKind.INVALID_PLAN, "could not read .numa.yaml: " + String.join("; ", words));
  }
}
