package io.numa.avatar.cli.command.operate;

import io.numa.avatar.cli.command.common.Terminals;
import io.numa.avatar.cli.console.operation.StatusText;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code avatar status}: what the avatar does now. */
@Command(
    name = "status",
    description = "Tells what the avatar does now, what it waits for, and how its disks are.")
final class StatusCommand implements Callable<Integer> {
  private final Terminals terminals;

  @Mixin private OperateOptions options = new OperateOptions();

  StatusCommand(Terminals terminals) {
    this.terminals = terminals;
  }

  @Override
  public Integer call() {
    return options.show(terminals, "status", Map.of(), StatusText::of);
  }
}
