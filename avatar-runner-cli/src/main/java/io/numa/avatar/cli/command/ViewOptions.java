package io.numa.avatar.cli.command;

import io.numa.avatar.cli.command.common.Terminals;
import io.numa.avatar.cli.console.View;
import picocli.CommandLine.Option;

/** How running tasks are shown. */
final class ViewOptions {
  @Option(names = "--json", description = "Prints one JSON object per event, for programs.")
  private boolean json;

  @Option(
      names = {"-v", "--verbose"},
      description = "Prints the tasks' logs as they grow.")
  private boolean verbose;

  View open(Terminals terminals) {
    return terminals.openView(json, verbose);
  }

  boolean json() {
    return json;
  }
}
