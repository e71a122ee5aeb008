package io.numa.avatar.backend.project;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.backend.plan.ProjectFileReader;
import io.numa.avatar.plan.PlanProblem;
import io.numa.avatar.plan.ProjectFile;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.ProjectSettings;
import io.numa.avatar.task.FailureKind;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.stream.Collectors;

/** Reads {@code .numa.yaml}. A key that it does not know is an error. */
public final class YamlProjectSettings implements ProjectSettings {
  @Override
  public ProjectFile read(byte[] content) {
    ProjectFileReader.Result result = ProjectFileReader.read(text(content));
    if (!result.problems().isEmpty()) {
      throw new PortException(
          FailureKind.INVALID_PLAN,
          result.problems().stream()
              .map(PlanProblem::toString)
              .collect(Collectors.joining("; ", "could not read " + ProjectFile.NAME + ": ", "")));
    }
    return result.file();
  }

  private static String text(byte[] content) {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
    } catch (CharacterCodingException e) {
      throw new PortException(
          FailureKind.INVALID_PLAN, "could not read .numa.yaml: it is not in UTF-8", e);
    }
  }
}
