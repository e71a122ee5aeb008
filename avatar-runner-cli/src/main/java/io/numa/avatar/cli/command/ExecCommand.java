package io.numa.avatar.cli.command;

import io.numa.avatar.cli.command.common.ConfigOptions;
import io.numa.avatar.cli.command.common.ExitCode;
import io.numa.avatar.cli.command.common.Interruption;
import io.numa.avatar.cli.command.common.Terminals;
import io.numa.avatar.cli.config.Configuration;
import io.numa.avatar.cli.config.EffectiveConfiguration;
import io.numa.avatar.cli.config.Purpose;
import io.numa.avatar.cli.config.value.Origin;
import io.numa.avatar.cli.console.AgentNotice;
import io.numa.avatar.cli.console.ExecEnding;
import io.numa.avatar.cli.console.ListenerPair;
import io.numa.avatar.cli.console.Paint;
import io.numa.avatar.cli.console.UncommittedNote;
import io.numa.avatar.cli.console.View;
import io.numa.avatar.cli.wiring.Avatar;
import io.numa.avatar.cli.wiring.Setup;
import io.numa.avatar.cli.wiring.SingleTask;
import io.numa.avatar.git.PersonalIdentity;
import io.numa.avatar.port.PortException;
import io.numa.avatar.run.RunSettings.Delivery;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.task.Failure;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.TaskOutcome;
import io.numa.avatar.task.WorkSummary;
import io.numa.avatar.time.Interrupts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code avatar exec}: carries out one plan, or a prompt, here, without a backend. */
@Command(
    name = "exec",
    description = {
      "Carries out a plan, or your words by a coding agent, without a backend; shows diff and tests.",
      "The change becomes a patch file, or a branch with --push. Nothing else is left behind."
    })
final class ExecCommand implements Callable<Integer> {
  private static final Path WORKSPACE = Path.of("workspace");

  private final Terminals terminals;

  @Mixin private ConfigOptions config = new ConfigOptions();
  @Mixin private ViewOptions view = new ViewOptions();
  @Mixin private ExecTask task = new ExecTask();

  @ArgGroup private Extent extent = new Extent();

  @Option(
      names = "--keep",
      description = "Keeps the log, and the working copy if the task fails; says where.")
  private boolean keep;

  /** How far to go. Without any of these, the commit goes into a new patch file here. */
  private static final class Extent {
    @Option(names = "--push", description = "Pushes the commit if the tests succeed.")
    private boolean push;

    @Option(
        names = "--dry-run",
        description =
            "Carries out the steps and shows the diff; tests, commits and pushes nothing.")
    private boolean dryRun;

    @Option(
        names = {"-o", "--output"},
        paramLabel = "FILE",
        description = "The patch file to write, or to replace; avatar-<plan>.patch by default.")
    private @Nullable Path output;

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
    ExecTask.Given given = task.read(terminals.in());
    RepositoryUrl repository = given.task().project().repository();
    try (var own = OwnFolder.create("avatar-exec-", terminals.err()::println)) {
      EffectiveConfiguration known =
          config.load(Purpose.EXEC, terminals, defaults(own, repository));
      Notes notes = Notes.of(known, repository);
      int code = carryOut(given, known, own, notes);
      if (own.isKept()) {
        terminals.err().println("The log and what else is left are in " + own.place());
        terminals.err().flush();
      }
      return code;
    }
  }

  /**
   * Defaults of {@code exec}: it keeps its files in a temporary folder, the operator may name the
   * default branch, and commits as the operator does.
   */
  private Map<String, String> defaults(OwnFolder own, RepositoryUrl repository) {
    Map<String, String> defaults = new HashMap<>();
    defaults.put("avatar.workspace", own.place().resolve(WORKSPACE).toString());
    defaults.put("avatar.log_dir", own.place().resolve("logs").toString());
    defaults.put("git.allow_default_branch", "true");
    if (keep) {
      own.keep();
      defaults.put("workspace.keep_failed", "7d");
    }
    task.agent()
        .flatMap(name -> EnvironmentAgent.of(name).flatMap(known -> setUp(known, name)))
        .ifPresent(agents -> defaults.put("agents.available", agents));
    PersonalIdentity.find(repository, terminals.environment())
        .ifPresent(
            person -> {
              defaults.put("git.username", person.name());
              defaults.put("git.email", person.email());
            });
    return defaults;
  }

  private Optional<String> setUp(EnvironmentAgent agent, String preset) {
    return agent.setup(preset, terminals.environment());
  }

  /**
   * What the operator might not expect.
   *
   * @param author about the author of a commit
   * @param tree about the repository's working tree
   */
  private record Notes(Optional<String> author, Optional<String> tree) {
    static Notes of(EffectiveConfiguration known, RepositoryUrl repository) {
      Optional<String> unnamed =
          known.origins().get("git.username") instanceof Origin.Default
              ? Optional.of(
                  "the commit's author is '"
                      + known.configuration().git().username()
                      + "', as Git knows no name of yours; set one with"
                      + " git config --global user.name and user.email")
              : Optional.empty();
      return new Notes(unnamed, UncommittedNote.of(repository));
    }

    List<String> all() {
      return Stream.of(author, tree).flatMap(Optional::stream).toList();
    }

    List<String> after(boolean committed) {
      return committed ? all() : tree.stream().toList();
    }
  }

  private int carryOut(
      ExecTask.Given given, EffectiveConfiguration known, OwnFolder own, Notes notes)
      throws InterruptedException {
    Configuration configuration = known.configuration();
    Delivery delivery = extent.delivery();
    var redactor = Redactor.of(configuration.secrets());
    var ending =
        new ExecEnding(
            delivery,
            given.task().project().repository(),
            given.task().task().branch(),
            new Paint(terminals.colours()));
    try (View shown = view.json() ? view.open(terminals) : new ExecView(terminals, ending);
        var signals = Interruption.listen(shown::say);
        var log = Logging.to(shown, configuration, redactor)) {
      var patch = PatchFile.of(shown, extent.output, "avatar-" + given.name());
      if (given.needsAgent() && !configuration.agents().available().isEmpty()) {
        shown.say("note: " + AgentNotice.EXPERIMENTAL);
      }
      if (view.json()) {
        notes.all().forEach(note -> shown.say("note: " + note));
      }
      TaskOutcome outcome =
          run(
              given.task(),
              new Setup(
                  configuration,
                  delivery == Delivery.KEEP ? new ListenerPair(shown, patch) : shown,
                  delivery,
                  OptionalInt.of(1),
                  terminals.environment(),
                  redactor,
                  known.files()),
              note -> shown.say("note: " + note));
      Interrupts.take(); // a signal's interrupt has done its work
      if (!view.json()) {
        boolean committed = delivery != Delivery.SHOW && outcome instanceof TaskOutcome.Delivered;
        Stream.concat(advice(outcome, configuration), notes.after(committed).stream())
            .forEach(note -> terminals.out().println(ending.note(note)));
        terminals.out().flush();
      }
      patch.problem().ifPresent(shown::say);
      if (Files.exists(own.place().resolve(WORKSPACE).resolve("parked.git"))) {
        own.keep(); // it has a commit that could not be pushed
      }
      if (outcome.summary().flatMap(WorkSummary::keptPatch).isPresent()) {
        own.keep(); // an agent's change is never lost
      }
      boolean good = outcome instanceof TaskOutcome.Delivered && patch.problem().isEmpty();
      return signals.exitCode(good ? ExitCode.SUCCESS : ExitCode.FAILED);
    }
  }

  /** What to do where no agent is set up at all; a wrong name is told by the task's failure. */
  private Stream<String> advice(TaskOutcome outcome, Configuration configuration) {
    boolean lacks =
        outcome instanceof TaskOutcome.Failed failed
            && failed.failure().kind() == FailureKind.NO_AGENT
            && configuration.agents().available().isEmpty();
    return lacks ? Stream.of(EnvironmentAgent.advice(task.agent())) : Stream.empty();
  }

  private static TaskOutcome run(SingleTask given, Setup setup, Consumer<String> notes)
      throws InterruptedException {
    try (var avatar = Avatar.alone(setup, given)) {
      SigningCheck.require(avatar);
      return run(given, avatar, notes);
    } catch (PortException e) {
      return unavailable(e, given, setup);
    }
  }

  private static TaskOutcome run(SingleTask given, Avatar avatar, Consumer<String> notes)
      throws InterruptedException {
    RepositoryUrl repository = given.project().repository();
    try (var aside = SandboxAside.ofTask(avatar.sandboxes(), repository, notes)) {
      TaskOutcome outcome = avatar.runner().run(given.task().id());
      aside.await();
      return outcome;
    }
  }

  /** A missing sandbox fails the task here: there is no other avatar to leave it to. */
  private static TaskOutcome unavailable(PortException failure, SingleTask given, Setup setup) {
    if (failure.kind() != FailureKind.SANDBOX_UNAVAILABLE) {
      throw failure;
    }
    var outcome =
        TaskOutcome.of(
            new Failure(Stage.PLAN, failure.kind(), failure.getMessage(), OptionalInt.empty()),
            WorkSummary.NOTHING_YET);
    setup.listener().ended(given.task().id(), outcome);
    return outcome;
  }
}
