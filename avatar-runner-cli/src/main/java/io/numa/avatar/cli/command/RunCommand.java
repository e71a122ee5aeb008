package io.numa.avatar.cli.command;

import io.numa.avatar.cli.command.common.ConfigOptions;
import io.numa.avatar.cli.command.common.Terminals;
import io.numa.avatar.cli.command.common.UsageException;
import io.numa.avatar.cli.config.AgentEntry;
import io.numa.avatar.cli.config.Configuration;
import io.numa.avatar.cli.config.EffectiveConfiguration;
import io.numa.avatar.cli.config.Purpose;
import io.numa.avatar.cli.config.ServerSection;
import io.numa.avatar.cli.console.AgentNotice;
import io.numa.avatar.cli.console.View;
import io.numa.avatar.cli.doctor.WorkFolder;
import io.numa.avatar.cli.service.ServiceNotice;
import io.numa.avatar.cli.wiring.Avatar;
import io.numa.avatar.cli.wiring.OperatorAccess;
import io.numa.avatar.cli.wiring.Setup;
import io.numa.avatar.run.RunSettings.Delivery;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.worker.AvatarWorker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code avatar run}: takes tasks from the backend until it is stopped. */
@Command(
    name = "run",
    description = "Subscribes to the backend and carries out tasks until it is stopped.",
    footer = {
      "",
      "The first SIGTERM or SIGINT lets running tasks end, the second interrupts them, the third"
          + " ends the program at once."
    })
final class RunCommand implements Callable<Integer> {
  private static final Set<String> CONFIG = Set.of("-c", "--config");

  /** The beginnings of options, quotes and files of arguments have a meaning. */
  private static final Pattern PLAIN = Pattern.compile("[\\w./~].*");

  private final Terminals terminals;

  @Mixin private ConfigOptions config = new ConfigOptions();
  @Mixin private ViewOptions view = new ViewOptions();

  @Option(
      names = "--max-tasks",
      paramLabel = "N",
      description = "Stops by itself when N tasks have ended.")
  private @Nullable Integer maxTasks;

  @Option(
      names = "--serve",
      paramLabel = "HOST:PORT",
      arity = "0..1",
      fallbackValue = ServerSection.USUAL,
      description = "Serves a page for operators, at ${FALLBACK-VALUE} if not told otherwise.")
  private @Nullable String serve;

  RunCommand(Terminals terminals) {
    this.terminals = terminals;
  }

  /**
   * The command of a line that names at most the configuration, as services give it; empty for
   * others. To describe the command line and to parse it takes a tenth of a start.
   */
  static Optional<RunCommand> plain(Terminals terminals, String... arguments) {
    boolean named = arguments.length == 3 && CONFIG.contains(arguments[1]);
    if (arguments.length == 0
        || !arguments[0].equals("run")
        || (arguments.length > 1 && !named)
        || (named && !PLAIN.matcher(arguments[2]).matches())) {
      return Optional.empty();
    }
    var command = new RunCommand(terminals);
    if (named) {
      command.config = ConfigOptions.of(Path.of(arguments[2]));
    }
    return Optional.of(command);
  }

  @Override
  public Integer call() throws InterruptedException {
    EffectiveConfiguration known = read();
    Configuration configuration = known.configuration();
    OptionalInt limit = maxTasks == null ? OptionalInt.empty() : OptionalInt.of(positive(maxTasks));
    WorkFolder.of(configuration.avatar()).forEach(RunCommand::require);
    var redactor = Redactor.of(configuration.secrets());
    try (View shown = view.open(terminals);
        var log = Logging.to(shown, configuration, redactor);
        var avatar =
            Avatar.connected(
                new Setup(
                    configuration,
                    shown,
                    Delivery.PUSH,
                    limit,
                    terminals.environment(),
                    redactor,
                    known.files()))) {
      var reload = new Reload(avatar, terminals.environment().values(), this::read, known);
      return serve(avatar, configuration, shown, reload);
    }
  }

  private int serve(Avatar avatar, Configuration configuration, View shown, Reload reload)
      throws InterruptedException {
    try (var access = open(avatar, reload);
        var service =
            ServiceNotice.of(
                terminals.environment(), configuration.avatar().stateDir().resolve("bin"))) {
      SigningCheck.require(avatar);
      access.loginLink().ifPresent(link -> shown.say("The page for operators: " + link));
      return work(avatar, configuration, shown, service, reload);
    }
  }

  private EffectiveConfiguration read() {
    return config.loadWith(
        Purpose.RUN, terminals, serve == null ? Map.of() : Map.of("server.listen", serve));
  }

  private static OperatorAccess open(Avatar avatar, Reload reload) {
    try {
      return avatar.openToOperators(reload);
    } catch (IOException e) {
      throw new UsageException("could not serve operators: " + e.getMessage());
    }
  }

  private static void require(WorkFolder folder) {
    folder
        .problem()
        .ifPresent(
            problem -> {
              throw new UsageException(
                  "could not use " + folder.key() + " '" + folder.path() + "': " + problem);
            });
  }

  private static int positive(int number) {
    if (number < 1) {
      throw new UsageException("--max-tasks must be at least 1, not " + number);
    }
    return number;
  }

  private static String source(Configuration configuration) {
    return configuration.queue().isUsed()
        ? "'" + configuration.queue().topic() + "' of " + configuration.queue().url().orElseThrow()
        : "'"
            + configuration.avatar().topicName()
            + "' of "
            + configuration.backend().url().orElseThrow();
  }

  private static int work(
      Avatar avatar, Configuration configuration, View view, ServiceNotice service, Reload reload)
      throws InterruptedException {
    AvatarWorker worker = avatar.worker();
    var signals =
        new StopSignals(worker, reload::drain, view::say, service::stopping, reload::reload);
    signals.listen();
    avatar.notices().start();
    worker.start();
    service.ready(worker::stuck);
    view.say(
        configuration.avatar().name()
            + " ("
            + configuration.avatar().id()
            + ") is waiting for tasks on "
            + source(configuration));
    view.say(
        AgentNotice.atStart(
            configuration.agents().inOrder().stream().map(AgentEntry::name).toList()));
    try (var aside = SandboxAside.ofWorker(worker, avatar.sandboxes(), view::say);
        var lookOut = avatar.lookOut()) {
      lookOut.start();
      worker.awaitStop();
    }
    if (worker.refusal().isPresent()) {
      throw worker.refusal().get();
    }
    return signals.exitCode();
  }
}
