package io.numa.avatar.cli.command;

import io.numa.avatar.cli.config.ConfigurationException;
import io.numa.avatar.journal.StateException;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.UnauthorizedException;
import java.util.Objects;
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
      "Exit codes: 0 success; 1 a task or check failed; 2 usage or configuration; 3 refused by the"
          + " backend; 4 internal error; 130, 143 after a signal."
    })
public final class AvatarCommand {
  private AvatarCommand() {}

  /** Runs the command that {@code arguments} name, and returns the process's exit code. */
  public static int execute(Terminals terminals, String... arguments) {
    Logging.silence();
    return commandLine(terminals).execute(arguments);
  }

  static CommandLine commandLine(Terminals terminals) {
    var line =
        new CommandLine(new AvatarCommand())
            .addSubcommand(new RunCommand(terminals))
            .addSubcommand(new ExecCommand(terminals))
            .addSubcommand(new DemoCommand(terminals))
            .addSubcommand(new DoctorCommand(terminals))
            .addSubcommand(new ConfigCommand(terminals))
            .addSubcommand(new PlanCommand(terminals))
            .addSubcommand(new AutoComplete.GenerateCompletion())
            .setOut(terminals.out())
            .setErr(terminals.err())
            .setColorScheme(CommandLine.Help.defaultColorScheme(terminals.colours()))
            .setExecutionExceptionHandler(
                (failure, command, parsed) -> explain(failure, terminals));
    line.getSubcommands().values().forEach(AvatarCommand::addHelp);
    return line;
  }

  private static void addHelp(CommandLine command) {
    if (!command.getCommandSpec().mixinStandardHelpOptions()) {
      command.getCommandSpec().mixinStandardHelpOptions(true);
    }
    command.getSubcommands().values().forEach(AvatarCommand::addHelp);
  }

  private static int explain(Exception failure, Terminals terminals) {
    int code = exitCode(failure);
    terminals.err().println(String.valueOf(failure.getMessage()));
    if (code == ExitCode.INTERNAL && !(failure instanceof PortException)) {
      failure.printStackTrace(terminals.err());
    }
    terminals.err().flush();
    return code;
  }

  private static int exitCode(Exception failure) {
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
