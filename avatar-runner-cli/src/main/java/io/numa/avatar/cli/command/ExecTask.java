package io.numa.avatar.cli.command;

import io.numa.avatar.cli.wiring.SingleTask;
import io.numa.avatar.plan.DevelopmentPlan;
import io.numa.avatar.plan.PlanSource;
import io.numa.avatar.plan.TestCommand;
import io.numa.avatar.task.Application;
import io.numa.avatar.task.ApplicationId;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.TaskId;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that make up the one task of {@code avatar exec}. */
final class ExecTask {
  private static final String ID = "exec";

  @Option(
      names = "--repo",
      required = true,
      paramLabel = "URL_OR_PATH",
      description = "The repository.")
  private String repository = "";

  @Option(
      names = "--plan",
      required = true,
      paramLabel = "FILE",
      description = "The plan, JSON or YAML; - reads the standard input.")
  private Path plan = Path.of("");

  @Option(
      names = "--branch",
      paramLabel = "B",
      description = "The branch to commit to; dev-<name of the plan's file> by default.")
  private @Nullable String branch;

  @Option(
      names = "--base",
      paramLabel = "B",
      description = "Where a new branch starts; the repository's HEAD by default.")
  private @Nullable String base;

  @Option(
      names = "--test",
      paramLabel = "CMD",
      description = "The test command, in place of the plan's and the project's; '' runs no tests.")
  private @Nullable String test;

  /**
   * Reads the task.
   *
   * @param in the standard input
   */
  SingleTask read(InputStream in) {
    var project =
        new Application(
            new ApplicationId(ID),
            "the repository",
            argument("--repo", address(), RepositoryUrl::parse),
            Optional.empty(),
            Optional.empty());
    BranchName target =
        argument("--branch", branch == null ? defaultBranch() : branch, BranchName::new);
    Optional<BranchName> start =
        Optional.ofNullable(base).map(name -> argument("--base", name, BranchName::new));
    var task =
        Task.of(
            new TaskId(ID),
            "carry out " + plan.getFileName(),
            project.id(),
            target,
            new PlanSource.Structured(steps(in)));
    return new SingleTask(task.withBase(start), project);
  }

  private DevelopmentPlan steps(InputStream in) {
    DevelopmentPlan steps = PlanFile.read(plan, in);
    return test == null ? steps : steps.withTest(TestCommand.ofLine(test));
  }

  /**
   * The repository's address. The path of a local repository may be relative; this makes it
   * absolute.
   */
  private String address() {
    if (repository.contains("://")) {
      return repository;
    }
    Path path = Path.of(repository).toAbsolutePath().normalize();
    if (!Files.isDirectory(path)) {
      return repository;
    }
    requireTop(path);
    return path.toString();
  }

  /** Refuses a folder inside a working tree, for which the plan's paths would be wrong. */
  private static void requireTop(Path folder) {
    if (Files.exists(folder.resolve(".git")) || Files.exists(folder.resolve("HEAD"))) {
      return;
    }
    for (Path above = folder.getParent(); above != null; above = above.getParent()) {
      if (Files.exists(above.resolve(".git"))) {
        throw new UsageException(
            "--repo: '"
                + folder
                + "' is a folder of the repository '"
                + above
                + "'; name that one");
      }
    }
  }

  private String defaultBranch() {
    return "dev-" + name();
  }

  /** The name of the plan's file, without extension, as a part of names. */
  String name() {
    String file = PlanFile.isStandardInput(plan) ? "plan" : String.valueOf(plan.getFileName());
    return file.replaceFirst("\\.[A-Za-z]+$", "").replaceAll("[^\\p{L}\\p{N}_-]+", "-");
  }

  private static <T> T argument(String option, String text, Function<String, T> reader) {
    try {
      return reader.apply(text);
    } catch (IllegalArgumentException e) {
      throw new UsageException(option + ": " + e.getMessage());
    }
  }
}
