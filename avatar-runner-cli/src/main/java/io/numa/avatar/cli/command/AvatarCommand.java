package io.numa.avatar.cli.command;

import io.numa.avatar.cli.command.common.ExitCode;
import io.numa.avatar.cli.command.common.Terminals;
import io.numa.avatar.cli.command.common.UsageException;
import io.numa.avatar.cli.command.operate.OperateCommands;
import io.numa.avatar.cli.command.queue.QueueCommands;
import io.numa.avatar.cli.config.ConfigurationException;
import io.numa.avatar.cli.wiring.Preparation;
import io.numa.avatar.journal.StateException;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.UnauthorizedException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The command line as a whole. */
@Command(
    name = "avatar",
    description = "Carries out development tasks: clones, develops, tests, pushes and reports.",
    mixinStandardHelpOptions = true,
    versionProvider = AvatarCommand.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Exit codes: 0 success; 1 a task or check failed, or is not there; 2 usage or configuration;"
          + " 3 refused by the backend; 4 internal error; 5 no avatar is running; 130, 143 after a signal."
    })
public final class AvatarCommand {
  private static final String COMPLETION = "generate-completion";

  private AvatarCommand() {}

  /** Runs the command that {@code arguments} name, and returns the process's exit code. */
  public static int execute(Terminals terminals, String... arguments) {
    if (arguments.length > 0 && arguments[0].equals("run")) {
      Preparation.begin();
    }
    Logging.silence();
    try {
      requireReadable(arguments);
      Optional<RunCommand> plain = RunCommand.plain(terminals, arguments);
      return plain.isPresent()
          ? run(plain.get(), terminals)
          : commandLine(terminals, arguments).execute(arguments);
    } catch (UsageException e) {
      return explain(e, terminals);
    } catch (Error e) {
      return explain(e, terminals);
    }
  }

  /** Does what picocli does with a command that it has parsed. */
  private static int run(RunCommand command, Terminals terminals) {
    try {
      return command.call();
    } catch (Exception e) {
      return explain(e, terminals);
    }
  }

  /**
   * Java decodes arguments by the locale, and puts U+FFFD in the place of what that cannot hold.
   */
  private static void requireReadable(String... arguments) {
    for (String argument : arguments) {
      if (argument.contains("\ufffd")) {
        throw new UsageException(
            "could not read the argument '"
                + argument
                + "': the locale's encoding ("
                + System.getProperty("sun.jnu.encoding", "unknown")
                + ") does not have all its characters; start with LC_ALL=C.UTF-8");
      }
    }
  }

  /** Describes the command that is named first, or all of them: a description takes long. */
  private static CommandLine commandLine(Terminals terminals, String... arguments) {
    var line = new CommandLine(new AvatarCommand());
    Map<String, Supplier<Object>> all = subcommands(terminals);
    String named = arguments.length == 0 ? "" : arguments[0];
    boolean alone = all.containsKey(named) && !named.equals(COMPLETION); // which lists the others
    for (var command : all.entrySet()) {
      if (!alone || command.getKey().equals(named)) {
        line.addSubcommand(command.getKey(), command.getValue().get());
      }
    }
    line.setOut(terminals.out())
        .setErr(terminals.err())
        .setColorScheme(CommandLine.Help.defaultColorScheme(terminals.colours()))
        .setExecutionExceptionHandler((failure, command, parsed) -> explain(failure, terminals));
    line.getSubcommands().values().forEach(AvatarCommand::addHelp);
    return line;
  }

  /** In the order in which the help lists them. */
  private static Map<String, Supplier<Object>> subcommands(Terminals terminals) {
    var all = new LinkedHashMap<String, Supplier<Object>>();
    all.put("run", () -> new RunCommand(terminals));
    all.put("exec", () -> new ExecCommand(terminals));
    all.put("demo", () -> new DemoCommand(terminals));
    all.put("doctor", () -> new DoctorCommand(terminals));
    all.put("config", () -> new ConfigCommand(terminals));
    all.put("plan", () -> new PlanCommand(terminals));
    all.put(
        "sandbox",
        () ->
            new CommandLine(new SandboxCommand())
                .addSubcommand(new SandboxCheckCommand(terminals)));
    all.put("bridge", () -> new BridgeCommand(terminals));
    all.putAll(QueueCommands.all(terminals));
    all.put(COMPLETION, AutoComplete.GenerateCompletion::new);
    all.putAll(OperateCommands.all(terminals));
    return all;
  }

  private static void addHelp(CommandLine command) {
    if (!command.getCommandSpec().mixinStandardHelpOptions()) {
      command.getCommandSpec().mixinStandardHelpOptions(true);
    }
    command.getSubcommands().values().forEach(AvatarCommand::addHelp);
  }

  private static int explain(Throwable failure, Terminals terminals) {
    int code = exitCode(failure);
    if (failure instanceof OutOfMemoryError) {
      terminals.err().println(outOfMemory());
    } else if (code == ExitCode.INTERNAL && !(failure instanceof PortException)) {
      terminals.err().println("The avatar has a defect; please report these lines:");
      failure.printStackTrace(terminals.err());
    } else {
      terminals.err().println(failure.getMessage());
    }
    terminals.err().flush();
    return code;
  }

  private static String outOfMemory() {
    return "The avatar ran out of memory: Java's heap may take "
        + Runtime.getRuntime().maxMemory() / 1_000_000
        + " MB; start Java with a larger -Xmx";
  }

  private static int exitCode(Throwable failure) {
    if (failure instanceof ConfigurationException
        || failure instanceof UsageException
        || failure instanceof StateException) {
      return ExitCode.USAGE;
    }
    return failure instanceof UnauthorizedException ? ExitCode.REFUSED : ExitCode.INTERNAL;
  }

  /** The version that the build wrote into the jar. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = AvatarCommand.class.getPackage().getImplementationVersion();
      return new String[] {"avatar " + Objects.requireNonNullElse(version, "(from classes)")};
    }
  }
}
