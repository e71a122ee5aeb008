package io.numa.avatar.cli.command.queue;

import io.numa.avatar.backend.MessageDocuments;
import io.numa.avatar.backend.settings.StatusWords;
import io.numa.avatar.cli.command.common.Arguments;
import io.numa.avatar.cli.command.common.ExitCode;
import io.numa.avatar.cli.command.common.Interruption;
import io.numa.avatar.cli.command.common.Terminals;
import io.numa.avatar.cli.config.Configuration;
import io.numa.avatar.cli.wiring.QueueAccess;
import io.numa.avatar.nats.NatsReports;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskState;
import io.numa.avatar.time.Interrupts;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code avatar watch}: shows what becomes of a task of a queue of whole tasks. */
@Command(
    name = "watch",
    description = {
      "Shows statuses and log of a task that was submitted to a queue, until the task ends.",
      "Ends with 0 if the task is done, and with 1 if it failed or was cancelled."
    })
final class WatchCommand implements Callable<Integer> {
  private final Terminals terminals;

  @Mixin private QueueOptions queue = new QueueOptions();

  @Parameters(paramLabel = "TASK", description = "The task's id.")
  private String task = "";

  @Option(names = "--cancel", description = "Orders the task's avatar to cancel it, and watches.")
  private boolean cancel;

  @Option(names = "--json", description = "Prints each report as one JSON object, for programs.")
  private boolean json;

  WatchCommand(Terminals terminals) {
    this.terminals = terminals;
  }

  @Override
  public Integer call() throws InterruptedException {
    TaskId id = Arguments.read("TASK", task, TaskId::new);
    Configuration configuration = queue.configuration(terminals);
    StatusWords words = QueueAccess.words(configuration);
    MessageDocuments documents =
        QueueAccess.documents(configuration, Redactor.of(configuration.secrets()));
    var shown =
        json
            ? new ReportLines(terminals.out(), documents::state)
            : new ReportView(terminals, documents::state, words);
    try (var signals = Interruption.listen(this::say);
        var reports = new NatsReports(QueueOptions.settings(configuration))) {
      try {
        follow(reports, id, shown);
      } catch (InterruptedException e) {
        Interrupts.take(); // the signal says how to end
      } finally {
        shown.end();
      }
      boolean done = shown.state() == TaskState.DONE;
      return signals.exitCode(done ? ExitCode.SUCCESS : ExitCode.FAILED);
    }
  }

  private void follow(NatsReports reports, TaskId id, Watched shown) throws InterruptedException {
    if (cancel) {
      reports.cancel(id);
    }
    reports.follow(id, shown);
  }

  private void say(String line) {
    terminals.err().println(line);
    terminals.err().flush();
  }
}
