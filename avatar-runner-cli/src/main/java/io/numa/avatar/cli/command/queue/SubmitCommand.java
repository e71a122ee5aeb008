package io.numa.avatar.cli.command.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.cli.command.common.ExitCode;
import io.numa.avatar.cli.command.common.Terminals;
import io.numa.avatar.nats.NatsPublisher;
import io.numa.avatar.nats.settings.NatsSettings;
import io.numa.avatar.task.AttemptId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code avatar submit}: puts a task into a queue of whole tasks. */
@Command(
    name = "submit",
    description = {
      "Submits a task to a queue whose avatars take whole tasks (queue.mode: whole).",
      "Prints the task's id when the queue has it; 'watch' shows what becomes of it."
    })
final class SubmitCommand implements Callable<Integer> {
  private final Terminals terminals;

  @Mixin private QueueOptions queue = new QueueOptions();
  @Mixin private SubmittedTask task = new SubmittedTask();

  SubmitCommand(Terminals terminals) {
    this.terminals = terminals;
  }

  @Override
  public Integer call() throws InterruptedException {
    NatsSettings settings = QueueOptions.settings(queue.configuration(terminals));
    SubmittedTask.Message message = task.read(terminals.in());
    boolean added;
    try (var publisher = new NatsPublisher(settings)) {
      added =
          publisher.publish(
              message.task(),
              message.route(),
              message.text().getBytes(UTF_8),
              AttemptId.random().toString());
    }
    if (added) {
      terminals.out().println(message.task());
      terminals.out().flush();
      say("watch it: avatar watch '" + message.task() + "'" + queue.again());
      return ExitCode.SUCCESS;
    }
    say("task " + message.task() + " is in the queue already: it waits, or an avatar has it");
    return ExitCode.FAILED;
  }

  private void say(String line) {
    terminals.err().println(line);
    terminals.err().flush();
  }
}
