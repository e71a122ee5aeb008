package io.numa.avatar.backend.plan;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
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
    Document document = Document.parse(text(content));
    if (!document.problems().isEmpty()) {
      throw invalid(document.problems());
    }
    Place place = Place.root();
    Optional<TestCommand> command = testCommand(document.root(), place);
    if (!place.problems().isEmpty()) {
      throw invalid(place.problems());
    }
    return command;
  }

  private static Optional<TestCommand> testCommand(JsonNode root, Place place) {
    JsonNode test = root.path("test");
    if (!isMappingOrNothing(root) || !isMappingOrNothing(test)) {
      place.problem("must be a mapping like {test: {command: …}}");
      return Optional.empty();
    }
    JsonNode command = test.path("command");
    return isNothing(command)
        ? Optional.empty()
        : Commands.TEST_COMMAND.read(command, place.key("test").key("command"));
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
