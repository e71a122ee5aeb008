package io.numa.avatar.cli.command.operate;

import io.numa.avatar.cli.command.common.Terminals;
import io.numa.avatar.cli.console.operation.WhyText;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code avatar why}: what the avatar waits for. */
@Command(name = "why", description = "Says what the avatar waits for, and since when.")
final class WhyCommand implements Callable<Integer> {
  private final Terminals terminals;

  @Mixin private OperateOptions options = new OperateOptions();

  WhyCommand(Terminals terminals) {
    this.terminals = terminals;
  }

  @Override
  public Integer call() {
    return options.show(terminals, "why", Map.of(), WhyText::of);
  }
}
