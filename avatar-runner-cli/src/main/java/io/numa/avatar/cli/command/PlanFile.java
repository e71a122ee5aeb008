package io.numa.avatar.cli.command;

import io.numa.avatar.backend.plan.PlanReader;
import io.numa.avatar.plan.DevelopmentPlan;
import io.numa.avatar.plan.PlanProblem;
import io.numa.avatar.plan.PlanSource;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** Reads plans from files. */
final class PlanFile {
  private PlanFile() {}

  /**
   * Reads a structured plan, JSON or YAML.
   *
   * @throws UsageException if the file holds no valid plan; the message lists all problems
   */
  static DevelopmentPlan read(Path file) {
    PlanSource source = new PlanReader().read(text(file));
    if (source instanceof PlanSource.Structured structured) {
      return structured.plan();
    }
    if (source instanceof PlanSource.Invalid invalid) {
      throw new UsageException(
          invalid.problems().stream()
              .map(PlanProblem::toString)
              .collect(
                  Collectors.joining(
                      "\n  ", "the plan in " + file + " breaks its rules:\n  ", "")));
    }
    throw new UsageException(
        "the file " + file + " holds no plan: there is no 'steps' at its top level");
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new UsageException("there is no file " + file);
    } catch (CharacterCodingException e) {
      throw new UsageException("the file " + file + " is not UTF-8 text");
    } catch (IOException e) {
      throw new UsageException("could not read " + file + ": " + e.getMessage());
    }
  }
}
