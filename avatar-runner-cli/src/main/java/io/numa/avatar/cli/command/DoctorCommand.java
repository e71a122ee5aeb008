package io.numa.avatar.cli.command;

import io.numa.avatar.cli.bundle.Bundle;
import io.numa.avatar.cli.command.common.Arguments;
import io.numa.avatar.cli.command.common.ConfigOptions;
import io.numa.avatar.cli.command.common.ExitCode;
import io.numa.avatar.cli.command.common.Terminals;
import io.numa.avatar.cli.command.common.UsageException;
import io.numa.avatar.cli.command.operate.StoryDocument;
import io.numa.avatar.cli.config.Configuration;
import io.numa.avatar.cli.config.EffectiveConfiguration;
import io.numa.avatar.cli.config.Purpose;
import io.numa.avatar.cli.doctor.AgentCheck;
import io.numa.avatar.cli.doctor.CheckResult;
import io.numa.avatar.cli.doctor.Doctor;
import io.numa.avatar.cli.doctor.ProgramSearch;
import io.numa.avatar.cli.wiring.Avatar;
import io.numa.avatar.cli.wiring.Setup;
import io.numa.avatar.port.Secret;
import io.numa.avatar.run.RunListener;
import io.numa.avatar.run.RunSettings.Delivery;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.task.TaskId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code avatar doctor}: checks everything that 'run' needs, and says how to fix what is missing.
 */
@Command(
    name = "doctor",
    description =
        "Checks configuration, backend, Git hosts, disk, tools and coding agents; one line each.")
final class DoctorCommand implements Callable<Integer> {
  private final Terminals terminals;

  @Mixin private ConfigOptions config = new ConfigOptions();

  @Option(
      names = "--repo",
      paramLabel = "URL",
      description = "A repository to try the Git credentials on.")
  private @Nullable String repository;

  @Option(
      names = "--agents",
      description =
          "Also sends each coding agent a short prompt, to see whether its model answers.")
  private boolean agents;

  @Option(
      names = "--bundle",
      paramLabel = "FILE.tar.gz",
      description =
          "Also writes what helps to understand the avatar into this file: versions, the"
              + " configuration, these checks, the avatar's log, counts of the journal. Secrets of"
              + " the configuration are left out.")
  private @Nullable Path bundle;

  @Option(
      names = "--task",
      paramLabel = "ID",
      description = "With --bundle: also the story, logs and patches of this task.")
  private @Nullable String task;

  private final List<String> lines = new ArrayList<>();

  DoctorCommand(Terminals terminals) {
    this.terminals = terminals;
  }

  @Override
  public Integer call() throws InterruptedException {
    Optional<TaskId> story = bundledTask();
    Optional<RepositoryUrl> tried = triedRepository();
    EffectiveConfiguration known = config.load(Purpose.DOCTOR, terminals);
    Configuration configuration = known.configuration();
    show(CheckResult.good("configuration", "complete"));
    int worst = ExitCode.SUCCESS;
    var setup =
        new Setup(
            configuration,
            RunListener.NONE,
            Delivery.KEEP,
            OptionalInt.empty(),
            terminals.environment(),
            Redactor.of(configuration.secrets()),
            known.files());
    try (var scratch = OwnFolder.create("avatar-doctor-", terminals.err()::println);
        var avatar = Avatar.inParts(setup, scratch.place().resolve("sandboxes"))) {
      var programs = new ProgramSearch(terminals.environment().getOrDefault("PATH", ""));
      var doctor =
          new Doctor(
              configuration,
              avatar,
              tried,
              programs,
              new AgentCheck(
                  avatar.agents(),
                  avatar.agentsSettings().available(),
                  programs,
                  scratch.place(),
                  agents ? AgentCheck.Scope.PROMPT : AgentCheck.Scope.START));
      for (Doctor.Check check : doctor.checks()) {
        for (CheckResult result : check.run()) {
          show(result.withDetail(setup.redactor()::redact));
          worst = Math.max(worst, exitCode(result));
        }
      }
      if (bundle != null) {
        write(bundle, story, known, scratch.place(), setup.redactor());
      }
    }
    return worst;
  }

  private Optional<TaskId> bundledTask() {
    if (task != null && bundle == null) {
      throw new UsageException("--task: is of use with --bundle only");
    }
    return Optional.ofNullable(task).map(id -> Arguments.read("--task", id, TaskId::new));
  }

  private Optional<RepositoryUrl> triedRepository() {
    return Optional.ofNullable(repository)
        .map(url -> Arguments.read("--repo", url, RepositoryUrl::parse));
  }

  private void write(
      Path file,
      Optional<TaskId> story,
      EffectiveConfiguration known,
      Path scratch,
      Redactor redactor) {
    try {
      Path parts = Files.createDirectory(scratch.resolve("bundle"));
      addOperatorsToken(known.configuration(), redactor);
      var content = new Bundle(parts, redactor);
      new DoctorBundle(known, content)
          .fill(List.copyOf(lines), story, id -> StoryDocument.of(known.configuration(), id));
      content
          .entries()
          .forEach(entry -> terminals.out().println(entry.size() + " bytes  " + entry.name()));
      content.write(file);
      content.clear();
      terminals.out().println("The bundle is in " + file.toAbsolutePath() + ".");
    } catch (IOException e) {
      throw new UsageException("--bundle: could not write " + file + ": " + e.getMessage());
    }
  }

  /** The token of the local server is no key of the configuration, but a secret. */
  private static void addOperatorsToken(Configuration configuration, Redactor redactor)
      throws IOException {
    Path token = configuration.server().tokenFileIn(configuration.avatar().stateDir());
    if (Files.isReadable(token)) {
      String text = Files.readString(token).strip();
      if (!text.isEmpty()) {
        redactor.add(new Secret(text));
      }
    }
  }

  private static int exitCode(CheckResult result) {
    return switch (result.verdict()) {
      case GOOD, DOUBTFUL -> ExitCode.SUCCESS;
      case BAD -> ExitCode.FAILED;
      case REFUSED -> ExitCode.REFUSED;
    };
  }

  private void show(CheckResult result) {
    Ansi ansi = terminals.colours();
    lines.add(Ansi.OFF.string(result.mark()) + " " + result.text());
    terminals.out().println(ansi.string(result.mark()) + " " + result.text());
    terminals.out().flush();
  }
}
