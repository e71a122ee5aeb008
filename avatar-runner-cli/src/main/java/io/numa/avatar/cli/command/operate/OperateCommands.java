package io.numa.avatar.cli.command.operate;

import io.numa.avatar.cli.command.common.Terminals;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The operator's commands. */
public final class OperateCommands {
  private OperateCommands() {}

  /** All of them by their names, in the order in which the help lists them. */
  public static Map<String, Supplier<Object>> all(Terminals terminals) {
    var all = new LinkedHashMap<String, Supplier<Object>>();
    all.put("status", () -> new StatusCommand(terminals));
    all.put("why", () -> new WhyCommand(terminals));
    all.put("tasks", () -> new TasksCommand(terminals));
    all.put("task", () -> new TaskCommand(terminals));
    all.put("log", () -> new LogCommand(terminals));
    all.put("spend", () -> new SpendCommand(terminals));
    for (var order : OrderCommand.Order.values()) {
      all.put(Words.of(order), () -> OrderCommand.of(terminals, order));
    }
    all.put("reload", () -> new ReloadCommand(terminals));
    for (var order : TaskOrderCommand.Order.values()) {
      all.put(Words.of(order), () -> TaskOrderCommand.of(terminals, order));
    }
    all.put("say", () -> new SayCommand(terminals));
    all.put("gc", () -> new GcCommand(terminals));
    return all;
  }
}
