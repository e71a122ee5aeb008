package io.numa.avatar.cli.command;

import io.numa.avatar.cli.command.common.ConfigOptions;
import io.numa.avatar.cli.command.common.ExitCode;
import io.numa.avatar.cli.command.common.Terminals;
import io.numa.avatar.cli.config.ConfigSchema;
import io.numa.avatar.cli.config.Purpose;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code avatar config …}: shows and checks the configuration. */
@Command(name = "config", description = "Shows and checks the configuration.")
final class ConfigCommand {
  private final Terminals terminals;

  ConfigCommand(Terminals terminals) {
    this.terminals = terminals;
  }

  @Command(
      name = "show",
      description = "Prints the effective values and their sources; secrets as stars.")
  int show(@Mixin ConfigOptions config) {
    terminals.out().print(config.load(Purpose.SHOW, terminals).toYaml());
    terminals.out().flush();
    return ExitCode.SUCCESS;
  }

  @Command(name = "check", description = "Says whether 'run' could start, or all that is wrong.")
  int check(@Mixin ConfigOptions config) {
    config.load(Purpose.RUN, terminals);
    terminals.out().println("the configuration is right");
    terminals.out().flush();
    return ExitCode.SUCCESS;
  }

  @Command(name = "schema", description = "Prints the JSON Schema of the configuration.")
  int schema() {
    terminals.out().print(ConfigSchema.json());
    terminals.out().flush();
    return ExitCode.SUCCESS;
  }
}
