package io.numa.avatar.cli.command.operate;

import io.numa.avatar.cli.command.common.Terminals;
import java.util.List;
import picocli.CommandLine;

/** The operator's commands. */
public final class OperateCommands {
  private OperateCommands() {}

  /** All of them, in the order in which the help lists them. */
  public static List<CommandLine> all(Terminals terminals) {
    return List.of(
        new CommandLine(new StatusCommand(terminals)),
        new CommandLine(new WhyCommand(terminals)),
        new CommandLine(new TasksCommand(terminals)),
        new CommandLine(new TaskCommand(terminals)),
        new CommandLine(new LogCommand(terminals)),
        OrderCommand.of(terminals, OrderCommand.Order.PAUSE),
        OrderCommand.of(terminals, OrderCommand.Order.RESUME),
        OrderCommand.of(terminals, OrderCommand.Order.DRAIN),
        TaskOrderCommand.of(terminals, TaskOrderCommand.Order.CANCEL),
        TaskOrderCommand.of(terminals, TaskOrderCommand.Order.RETRY),
        new CommandLine(new GcCommand(terminals)));
  }
}
