package io.numa.avatar.cli.command;

import io.numa.avatar.cli.command.common.Arguments;
import io.numa.avatar.cli.command.common.TaskWork;
import io.numa.avatar.cli.command.common.UsageException;
import io.numa.avatar.cli.config.AgentEntry;
import io.numa.avatar.cli.wiring.SingleTask;
import io.numa.avatar.plan.DevelopmentPlan;
import io.numa.avatar.plan.PlanSource;
import io.numa.avatar.plan.Step;
import io.numa.avatar.plan.TestCommand;
import io.numa.avatar.task.Application;
import io.numa.avatar.task.ApplicationId;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskOptions;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
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

  @ArgGroup(multiplicity = "1")
  private TaskWork work = new TaskWork();

  @Option(
      names = "--agent",
      paramLabel = "NAME",
      description = {
        "The coding agent: a name in agents.available. Where none is configured, a known agent:",
        AgentEntry.PRESET_WORDS + "; its key and model are taken from the usual variables."
      })
  private @Nullable String agent;

  @Option(
      names = "--branch",
      paramLabel = "B",
      description = "The branch to commit to; dev-<plan's name or first words> by default.")
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
   * The task.
   *
   * @param name a part of the names of branches and files
   * @param needsAgent whether it cannot be carried out without a coding agent
   */
  record Given(SingleTask task, String name, boolean needsAgent) {}

  /**
   * Reads the task.
   *
   * @param in the standard input
   */
  Given read(InputStream in) {
    TaskWork.Content content = work.read(in);
    DevelopmentPlan steps =
        test == null ? content.steps() : content.steps().withTest(TestCommand.ofLine(test));
    var project =
        new Application(
            new ApplicationId(ID),
            "the repository",
            Arguments.read("--repo", address(), RepositoryUrl::parse),
            Optional.empty(),
            Optional.empty());
    BranchName target =
        Arguments.read(
            "--branch", branch == null ? "dev-" + content.name() : branch, BranchName::new);
    Optional<BranchName> start =
        Optional.ofNullable(base).map(name -> Arguments.read("--base", name, BranchName::new));
    Task task =
        Task.of(
                new TaskId(ID),
                content.title(),
                project.id(),
                target,
                new PlanSource.Structured(steps))
            .withBase(start)
            .withOptions(TaskOptions.NONE.withAgent(agent()));
    boolean needsAgent = steps.steps().stream().anyMatch(step -> step.step() instanceof Step.Agent);
    return new Given(new SingleTask(task, project), content.name(), needsAgent);
  }

  /** The agent that the operator names. */
  Optional<String> agent() {
    return Optional.ofNullable(agent);
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
}
