package io.numa.avatar.backend.plan;

import io.numa.avatar.document.Key;
import io.numa.avatar.document.Key.Required;
import io.numa.avatar.plan.CommandLine;
import io.numa.avatar.plan.ProjectFile;
import io.numa.avatar.plan.ReviewPolicy;
import io.numa.avatar.plan.TestCommand;
import io.numa.avatar.plan.TestPolicy.Dilution;
import io.numa.avatar.plan.WorkspacePath;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A project file as written. The components are its keys. */
record ProjectDocument(
    @Key("How the project is tested.") @Nullable Test test,
    @Key("How the project gets ready, before its tests and before a coding agent works.")
        @Nullable Setup setup,
    @Key("The review of changes by another coding agent. Default: the configuration's.")
        @Nullable ReviewDocument review) {

  record Test(
      @Key(
              "A line for the shell, a list of a program and its arguments, or empty for no tests."
                  + " Default: found by the project's files.")
          @Nullable TestCommand command,
      @Key(
              "What follows if a coding agent's change weakens tests: report, repair or fail; never"
                  + " milder than the configuration's.")
          @Nullable Dilution dilution) {}

  record Setup(
      @Key("A line for the shell, or a list of a program and its arguments.") @Required
          CommandLine command,
      @Key(
              "How long it may take: seconds, or text like 90s, 5m, 2h. Default: the"
                  + " configuration's limit for a step.")
          @Nullable Duration timeout,
      @Key(
              "The files and folders that decide what the command makes. Default: every file of"
                  + " the project.")
          @Nullable List<WorkspacePath> key) {}

  /** What a file without problems says. */
  ProjectFile file() {
    Optional<Test> tests = Optional.ofNullable(test);
    return new ProjectFile(
        tests.map(Test::command),
        tests.map(Test::dilution),
        Optional.ofNullable(setup)
            .map(
                said ->
                    new ProjectFile.Setup(
                        said.command(),
                        Optional.ofNullable(said.timeout()),
                        said.key() == null ? List.of() : said.key())),
        review == null ? ReviewPolicy.UNSAID : review.policy());
  }
}
