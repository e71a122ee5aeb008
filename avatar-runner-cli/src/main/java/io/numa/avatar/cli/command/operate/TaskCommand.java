package io.numa.avatar.cli.command.operate;

import io.numa.avatar.cli.command.common.ExitCode;
import io.numa.avatar.cli.command.common.Terminals;
import io.numa.avatar.cli.config.Configuration;
import io.numa.avatar.cli.console.operation.TaskText;
import io.numa.avatar.cli.wiring.StoredAvatar;
import io.numa.avatar.run.history.TaskFiles;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.TaskId;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code avatar task}: the story of one task. */
@Command(
    name = "task",
    description =
        "Tells the story of a task: its attempts with their stages, agent, tests and result.")
final class TaskCommand implements Callable<Integer> {
  private final Terminals terminals;

  @Mixin private OperateOptions options = new OperateOptions();

  @Parameters(paramLabel = "ID", description = "The task's id.")
  private String task = "";

  TaskCommand(Terminals terminals) {
    this.terminals = terminals;
  }

  @Override
  public Integer call() {
    return new Answers(terminals, options.json()).run(this::work);
  }

  private int work() {
    Configuration configuration = options.configuration(terminals);
    TaskFiles files = StoredAvatar.files(configuration);
    try (AvatarCalls calls = options.open(configuration)) {
      new Printer(terminals, options.json())
          .print(
              calls.call("task", Map.of("task", task)),
              (document, sheet) ->
                  TaskText.of(
                      document,
                      sheet,
                      attempt ->
                          files.log(new TaskId(task), new AttemptId(UUID.fromString(attempt)))));
    }
    return ExitCode.SUCCESS;
  }
}
