package io.numa.avatar.cli.command;

import io.numa.avatar.cli.command.common.ConfigOptions;
import io.numa.avatar.cli.command.common.ExitCode;
import io.numa.avatar.cli.command.common.Terminals;
import io.numa.avatar.cli.config.EffectiveConfiguration;
import io.numa.avatar.cli.config.Purpose;
import io.numa.avatar.cli.console.SandboxReportView;
import io.numa.avatar.cli.sandbox.Arena;
import io.numa.avatar.cli.sandbox.EscapeCheck;
import io.numa.avatar.cli.sandbox.EscapeChecks;
import io.numa.avatar.cli.sandbox.EscapeTrial;
import io.numa.avatar.cli.sandbox.Finding;
import io.numa.avatar.cli.wiring.SandboxParts;
import io.numa.avatar.cli.wiring.Setup;
import io.numa.avatar.port.sandbox.SandboxLevel;
import io.numa.avatar.port.sandbox.WorkKind;
import io.numa.avatar.run.RunListener;
import io.numa.avatar.run.RunSettings.Delivery;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.task.sandbox.SandboxProfile;
import io.numa.avatar.task.sandbox.SandboxReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code avatar sandbox check}: tries to leave the sandboxes, and says what came of it. */
@Command(
    name = "check",
    description = {
      "Tells the level of each kind of work, and tries ways out of its sandbox; one line each.",
      "Ends with 1 if the sandbox does not hold what its level promises."
    })
final class SandboxCheckCommand implements Callable<Integer> {
  private final Terminals terminals;

  @Mixin private ConfigOptions config = new ConfigOptions();

  @Option(names = "--json", description = "Prints one JSON object.")
  private boolean json;

  SandboxCheckCommand(Terminals terminals) {
    this.terminals = terminals;
  }

  @Override
  public Integer call() throws InterruptedException {
    try (var own = OwnFolder.create("avatar-sandbox-check-", terminals.err()::println);
        var arena = Arena.build(own.place())) {
      return check(setup(arena), arena);
    } catch (IOException e) {
      throw new UncheckedIOException("could not try the sandboxes: " + e.getMessage(), e);
    }
  }

  private int check(Setup setup, Arena arena) throws InterruptedException, IOException {
    try (var parts = SandboxParts.of(setup, terminals.environment())) {
      var view =
          new SandboxReportView(
              levels(parts),
              parts.sandboxes().limits(),
              parts.registries(),
              new ArrayList<>(),
              terminals.colours());
      var trial = new EscapeTrial(parts.commands(), arena, setup.redactor());
      for (var one : tried(view.levels()).entrySet()) {
        view.tried().add(attempt(trial, one.getValue(), one.getKey()));
      }
      terminals.out().print(json ? view.json() : view.text());
      terminals.out().flush();
      return view.holds() ? ExitCode.SUCCESS : ExitCode.FAILED;
    }
  }

  private static SandboxReportView.Tried attempt(
      EscapeTrial trial, WorkKind kind, SandboxReport report)
      throws InterruptedException, IOException {
    var findings = new ArrayList<Finding>();
    for (EscapeCheck check : EscapeChecks.ALL) {
      findings.add(trial.attempt(check, kind, report));
    }
    return new SandboxReportView.Tried(kind, findings);
  }

  /** The avatar of the configuration, with the arena's folders in place of its own. */
  private Setup setup(Arena arena) {
    EffectiveConfiguration known =
        config.loadWith(
            Purpose.SHOW,
            terminals,
            Map.of(
                "avatar.workspace", arena.workspace().toString(),
                "avatar.state_dir", arena.state().toString(),
                "avatar.log_dir", arena.logs().toString()));
    Map<String, String> environment = new HashMap<>(terminals.environment());
    environment.put("HOME", arena.home().toString());
    Set<Path> files = new HashSet<>(known.files());
    files.add(arena.config());
    return new Setup(
        known.configuration(),
        RunListener.NONE,
        Delivery.KEEP,
        OptionalInt.empty(),
        environment,
        Redactor.of(known.configuration().secrets()),
        files);
  }

  private static Map<WorkKind, SandboxLevel> levels(SandboxParts parts) {
    var levels = new EnumMap<WorkKind, SandboxLevel>(WorkKind.class);
    for (WorkKind kind : WorkKind.values()) {
      levels.put(kind, parts.sandboxes().level(kind, Optional.empty()));
    }
    return levels;
  }

  /** The sandboxes to try, each with a kind of work that gets it. */
  private static Map<SandboxReport, WorkKind> tried(Map<WorkKind, SandboxLevel> levels) {
    var kinds = new LinkedHashMap<SandboxReport, WorkKind>();
    levels.forEach(
        (kind, level) -> {
          boolean runs = level.problem().isEmpty();
          if (runs && level.report().profile() != SandboxProfile.OFF) {
            kinds.putIfAbsent(level.report(), kind);
          }
        });
    return kinds;
  }
}
