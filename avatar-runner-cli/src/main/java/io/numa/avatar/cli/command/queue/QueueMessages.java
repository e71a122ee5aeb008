package io.numa.avatar.cli.command.queue;

import io.numa.avatar.backend.MessageDocuments;
import io.numa.avatar.cli.command.common.ConfigOptions;
import io.numa.avatar.cli.command.common.Terminals;
import io.numa.avatar.nats.NatsReports;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.agent.SteeringMessage;

/** Tells the agents of tasks of a queue something; the avatars are elsewhere. */
public final class QueueMessages {
  private QueueMessages() {}

  /**
   * Publishes a message. Returns when the queue has it.
   *
   * @param url the queue; the configuration has what else is needed, such as a login
   */
  public static void say(
      ConfigOptions config, Terminals terminals, String url, TaskId task, SteeringMessage message)
      throws InterruptedException {
    var configuration = QueueOptions.configuration(config, terminals, url, null);
    try (var reports = new NatsReports(QueueOptions.settings(configuration))) {
      reports.say(task, MessageDocuments.order(message));
    }
  }
}
