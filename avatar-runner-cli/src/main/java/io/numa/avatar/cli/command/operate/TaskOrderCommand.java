package io.numa.avatar.cli.command.operate;

import io.numa.avatar.cli.command.common.Terminals;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** An order that is about one task, such as {@code avatar cancel 7}. */
@Command
final class TaskOrderCommand implements Callable<Integer> {
  private final Terminals terminals;
  private final Order order;

  @Mixin private OperateOptions options = new OperateOptions();

  @Parameters(paramLabel = "ID", description = "The task's id.")
  private String task = "";

  private TaskOrderCommand(Terminals terminals, Order order) {
    this.terminals = terminals;
    this.order = order;
  }

  /** The orders. The texts have a place for the task's id. */
  enum Order {
    CANCEL(
        "Cancels a task that runs or waits, and tells the backend.", "task %s is being cancelled"),
    RETRY(
        "Makes another attempt at a task that has failed.",
        "another attempt has begun; 'avatar log %s --follow' shows it");

    private final String description;
    private final String done;

    Order(String description, String done) {
      this.description = description;
      this.done = done;
    }
  }

  static CommandLine of(Terminals terminals, Order order) {
    var line = new CommandLine(new TaskOrderCommand(terminals, order));
    line.setCommandName(Words.of(order));
    line.getCommandSpec().usageMessage().description(order.description);
    return line;
  }

  @Override
  public Integer call() {
    String done = String.format(Locale.ROOT, order.done, task);
    return options.order(terminals, Words.of(order), Map.of("task", task), done);
  }
}
