package io.numa.avatar.backend.plan;

import io.numa.avatar.document.DocumentLanguage;
import io.numa.avatar.document.ParsedText;
import io.numa.avatar.plan.CommandLine;
import io.numa.avatar.plan.PlanProblem;
import io.numa.avatar.plan.ProjectFile;
import io.numa.avatar.plan.ReviewPolicy.Action;
import io.numa.avatar.plan.TestCommand;
import io.numa.avatar.plan.TestPolicy.Dilution;
import io.numa.avatar.plan.WorkspacePath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Reads project files by the rules of plans, and finds all their problems at once. */
public final class ProjectFileReader {
  private static final DocumentLanguage<ProjectDocument> LANGUAGE =
      DocumentLanguage.of(ProjectDocument.class, new PlanWords(ProjectFile.NAME, "paths"))
          .kind(TestCommand.class, CommandValues.TEST_COMMAND)
          .kind(CommandLine.class, CommandValues.COMMAND)
          .kind(Duration.class, PlanValues.TIMEOUT)
          .kind(WorkspacePath.class, PlanValues.PATH)
          .kind(Dilution.class, PlanValues.oneOf(List.of(Dilution.values()), Dilution::word))
          .kind(Action.class, PlanValues.oneOf(List.of(Action.values()), Action::word))
          .kind(String.class, PlanValues::text)
          .build();

  private ProjectFileReader() {}

  /**
   * The result of reading a file.
   *
   * @param file what it says; empty if there are problems
   */
  public record Result(ProjectFile file, List<PlanProblem> problems) {}

  /** Reads a file. One without any content says nothing. */
  public static Result read(String text) {
    ParsedText document = ParsedText.parse(text, "");
    var problems = new ArrayList<>(PlanReader.planProblems(document.problems()));
    if (!problems.isEmpty() || document.root().isMissingNode() || document.root().isNull()) {
      return new Result(ProjectFile.EMPTY, problems);
    }
    DocumentLanguage.Result<ProjectDocument> bound = LANGUAGE.bind(document.root());
    problems.addAll(PlanReader.planProblems(bound.problems()));
    return new Result(
        problems.isEmpty() ? bound.value().orElseThrow().file() : ProjectFile.EMPTY, problems);
  }
}
