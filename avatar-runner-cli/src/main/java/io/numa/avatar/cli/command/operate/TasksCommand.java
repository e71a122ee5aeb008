package io.numa.avatar.cli.command.operate;

import io.numa.avatar.cli.command.common.Terminals;
import io.numa.avatar.cli.console.operation.TaskListText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code avatar tasks}: the tasks that wait, run or have ended. */
@Command(name = "tasks", description = "Lists tasks, the newest first.")
final class TasksCommand implements Callable<Integer> {
  private final Terminals terminals;

  @Mixin private OperateOptions options = new OperateOptions();

  @Parameters(
      paramLabel = "TEXT",
      arity = "0..1",
      description = "Only tasks with this text in their id, title or branch.")
  private @Nullable String text;

  @Option(
      names = "--outcome",
      paramLabel = "OUTCOME",
      split = ",",
      description =
          "Only tasks with one of these outcomes: waiting, running, done, failed, unavailable,"
              + " cancelled, dropped, unknown.")
  private List<String> outcomes = List.of();

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Only tasks that began since then: 36h, 7d, or 2026-01-31T12:00:00Z.")
  private @Nullable String since;

  @Option(names = "--limit", paramLabel = "N", description = "The most tasks, 50 if not given.")
  private @Nullable String limit;

  @Option(
      names = "--after",
      paramLabel = "PLACE",
      description = "Goes on where another list has ended, which says the place.")
  private @Nullable String after;

  TasksCommand(Terminals terminals) {
    this.terminals = terminals;
  }

  @Override
  public Integer call() {
    return options.show(terminals, "tasks", parameters(), TaskListText::of);
  }

  private Map<String, String> parameters() {
    var parameters = new HashMap<String, String>();
    add(parameters, "text", text);
    add(parameters, "outcome", outcomes.isEmpty() ? null : String.join(",", outcomes));
    add(parameters, "since", since);
    add(parameters, "limit", limit);
    add(parameters, "after", after);
    return parameters;
  }

  private static void add(Map<String, String> parameters, String name, @Nullable String value) {
    if (value != null) {
      parameters.put(name, value);
    }
  }
}
