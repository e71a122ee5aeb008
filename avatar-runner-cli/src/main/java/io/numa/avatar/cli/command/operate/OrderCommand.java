package io.numa.avatar.cli.command.operate;

import io.numa.avatar.cli.command.common.Terminals;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** An order for the whole avatar, such as {@code avatar pause}. */
@Command
final class OrderCommand implements Callable<Integer> {
  private final Terminals terminals;
  private final Order order;

  @Mixin private OperateOptions options = new OperateOptions();

  private OrderCommand(Terminals terminals, Order order) {
    this.terminals = terminals;
    this.order = order;
  }

  /** The orders. */
  enum Order {
    PAUSE(
        "Takes no more tasks until 'resume', also after a restart; running tasks continue.",
        "paused: running tasks continue, and 'avatar resume' takes tasks again"),
    RESUME("Takes tasks again after 'pause'.", "resumed: it takes tasks again"),
    DRAIN(
        "Takes no more tasks, and ends the avatar when the running ones are over.",
        "draining: it ends when the running tasks are over");

    private final String description;
    private final String done;

    Order(String description, String done) {
      this.description = description;
      this.done = done;
    }
  }

  static CommandLine of(Terminals terminals, Order order) {
    var line = new CommandLine(new OrderCommand(terminals, order));
    line.setCommandName(Words.of(order));
    line.getCommandSpec().usageMessage().description(order.description);
    return line;
  }

  @Override
  public Integer call() {
    return options.order(terminals, Words.of(order), Map.of(), order.done);
  }
}
