package io.numa.avatar.cli.command;

import io.numa.avatar.cli.config.Configuration;
import io.numa.avatar.cli.config.Purpose;
import io.numa.avatar.cli.console.View;
import io.numa.avatar.cli.wiring.Avatar;
import io.numa.avatar.cli.wiring.Setup;
import io.numa.avatar.cli.wiring.SingleTask;
import io.numa.avatar.run.RunSettings.Delivery;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.task.TaskOutcome;
import io.numa.avatar.workspace.Folder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code avatar exec}: carries out one plan here, without a backend. */
@Command(
    name = "exec",
    description =
        "Carries out one plan here, without a backend; shows the diff and the test result.")
final class ExecCommand implements Callable<Integer> {
  private static final Path WORKSPACE = Path.of("workspace");

  private final Terminals terminals;

  @Mixin private ConfigOptions config = new ConfigOptions();
  @Mixin private ViewOptions view = new ViewOptions();
  @Mixin private ExecTask task = new ExecTask();

  @ArgGroup private Extent extent = new Extent();

  /** How far to go. Without either option, the commit is made and stays on this machine. */
  private static final class Extent {
    @Option(names = "--push", description = "Pushes the commit if the tests succeed.")
    private boolean push;

    @Option(
        names = "--dry-run",
        description =
            "Carries out the steps and shows the diff; tests, commits and pushes nothing.")
    private boolean dryRun;

    Delivery delivery() {
      if (dryRun) {
        return Delivery.SHOW;
      }
      return push ? Delivery.PUSH : Delivery.KEEP;
    }
  }

  ExecCommand(Terminals terminals) {
    this.terminals = terminals;
  }

  @Override
  public Integer call() throws InterruptedException {
    Path own = temporaryFolder();
    Configuration configuration =
        config.load(Purpose.EXEC, terminals, defaults(own)).configuration();
    SingleTask given = task.read(terminals.in());
    Delivery delivery = extent.delivery();
    if (!(carryOut(given, delivery, configuration) instanceof TaskOutcome.Delivered)) {
      return ExitCode.FAILED;
    }
    if (delivery != Delivery.KEEP) {
      removeWorkspace(own);
    }
    return ExitCode.SUCCESS;
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("avatar-exec-");
    } catch (IOException e) {
      throw new UncheckedIOException("could not make a temporary folder: " + e.getMessage(), e);
    }
  }

  /**
   * Defaults of {@code exec}: it writes nothing to the working directory unless the operator asks
   * for it, and the operator may name the default branch.
   */
  private static Map<String, String> defaults(Path own) {
    return Map.of(
        "avatar.workspace", own.resolve(WORKSPACE).toString(),
        "avatar.log_dir", own.resolve("logs").toString(),
        "git.allow_default_branch", "true");
  }

  private TaskOutcome carryOut(SingleTask given, Delivery delivery, Configuration configuration)
      throws InterruptedException {
    var redactor = Redactor.of(configuration.secrets());
    try (View shown = view.json() ? view.open(terminals) : new ExecView(terminals, delivery);
        var log = Logging.to(shown::say, configuration, redactor);
        var avatar =
            Avatar.alone(
                new Setup(
                    configuration,
                    shown,
                    delivery,
                    OptionalInt.of(1),
                    terminals.environment(),
                    redactor),
                given)) {
      SigningCheck.require(avatar);
      shown.say("The log is kept in " + configuration.avatar().logDir());
      return avatar.runner().run(given.task().id());
    }
  }

  /** Removes the copy of the repository, as no other command would find it; keeps the log. */
  private void removeWorkspace(Path own) {
    try (Folder folder = Folder.open(own)) {
      if (folder
          .find(WORKSPACE)
          .isPresent()) { // it is missing if the configuration names another folder
        folder.delete(WORKSPACE);
      }
    } catch (IOException e) {
      terminals.err().println("Could not remove all of '" + own.resolve(WORKSPACE) + "': " + e);
    }
  }
}
