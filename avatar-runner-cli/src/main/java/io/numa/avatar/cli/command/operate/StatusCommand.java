package io.numa.avatar.cli.command.operate;

import io.numa.avatar.cli.command.common.ExitCode;
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
    return new Answers(terminals, options.json()).run(this::work);
  }

  private int work() {
    try (AvatarCalls calls = options.open(options.configuration(terminals))) {
      new Printer(terminals, options.json()).print(calls.call("status", Map.of()), StatusText::of);
    }
    return ExitCode.SUCCESS;
  }
}
