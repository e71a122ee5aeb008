package io.numa.avatar.cli.command.operate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.cli.command.common.ExitCode;
import io.numa.avatar.cli.command.common.Terminals;
import io.numa.avatar.cli.command.common.UsageException;
import io.numa.avatar.cli.config.Configuration;
import io.numa.avatar.cli.console.operation.RemovalText;
import io.numa.avatar.cli.wiring.StoredHistory;
import io.numa.avatar.run.history.History;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code avatar gc}: removes ended tasks of an avatar that does not run. */
@Command(
    name = "gc",
    description = {
      "Removes ended tasks from the journal, with their logs, as 'history' says.",
      "A running avatar does this by itself, every hour."
    })
final class GcCommand implements Callable<Integer> {
  private final Terminals terminals;

  @Mixin private OperateOptions options = new OperateOptions();

  @Option(names = "--dry-run", description = "Only says what would go.")
  private boolean dryRun;

  GcCommand(Terminals terminals) {
    this.terminals = terminals;
  }

  @Override
  public Integer call() {
    return new Answers(terminals, options.json()).run(this::work);
  }

  private int work() {
    Configuration configuration = options.configuration(terminals);
    OperateOptions.running(configuration.avatar().stateDir()).ifPresent(GcCommand::refuse);
    new Printer(terminals, options.json()).print(document(removal(configuration)), RemovalText::of);
    return ExitCode.SUCCESS;
  }

  private static void refuse(AvatarCalls running) {
    running.close();
    throw new UsageException(
        "the avatar is running, and removes old tasks by itself every hour; to do it now, end it"
            + " first: avatar drain");
  }

  private History.Removal removal(Configuration configuration) {
    try {
      return dryRun ? StoredHistory.preview(configuration) : StoredHistory.collect(configuration);
    } catch (IOException e) {
      throw new UsageException("could not remove old tasks: " + e.getMessage());
    }
  }

  private ObjectNode document(History.Removal removal) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("removed", !dryRun)
        .put("tasks", removal.tasks())
        .put("files", removal.files())
        .put("bytes", removal.bytes());
  }
}
