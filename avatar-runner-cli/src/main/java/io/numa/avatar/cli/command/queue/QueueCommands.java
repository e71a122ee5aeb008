package io.numa.avatar.cli.command.queue;

import io.numa.avatar.cli.command.common.Terminals;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The commands of a queue that holds whole tasks. */
public final class QueueCommands {
  private QueueCommands() {}

  /** All of them by their names, in the order in which the help lists them. */
  public static Map<String, Supplier<Object>> all(Terminals terminals) {
    var all = new LinkedHashMap<String, Supplier<Object>>();
    all.put("submit", () -> new SubmitCommand(terminals));
    all.put("watch", () -> new WatchCommand(terminals));
    return all;
  }
}
