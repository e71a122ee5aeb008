package io.numa.avatar.cli.command.operate;

import io.numa.avatar.cli.command.common.Terminals;
import io.numa.avatar.cli.console.operation.SpendText;
import java.util.HashMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code avatar spend}: what coding agents have spent. */
@Command(
    name = "spend",
    description =
        "Tells what coding agents have spent, by the prices of the configuration at that time.")
final class SpendCommand implements Callable<Integer> {
  private final Terminals terminals;

  @Mixin private OperateOptions options = new OperateOptions();

  @Option(
      names = "--by",
      paramLabel = "WHAT",
      description = "A line for each day, agent or repository; day if not given.")
  private @Nullable String by;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description =
          "Only what was spent from that day on: 36h, 7d, or 2026-01-31T12:00:00Z; 30d if not"
              + " given.")
  private @Nullable String since;

  SpendCommand(Terminals terminals) {
    this.terminals = terminals;
  }

  @Override
  public Integer call() {
    var parameters = new HashMap<String, String>();
    if (by != null) {
      parameters.put("by", by);
    }
    if (since != null) {
      parameters.put("since", since);
    }
    return options.show(terminals, "spend", parameters, SpendText::of);
  }
}
