package io.numa.avatar.cli.command;

import io.numa.avatar.bridge.BridgeSettings;
import io.numa.avatar.bridge.TaskBridge;
import io.numa.avatar.cli.command.common.ConfigOptions;
import io.numa.avatar.cli.command.common.ExitCode;
import io.numa.avatar.cli.command.common.Interruption;
import io.numa.avatar.cli.command.common.Terminals;
import io.numa.avatar.cli.command.common.UsageException;
import io.numa.avatar.cli.config.Configuration;
import io.numa.avatar.cli.config.Purpose;
import io.numa.avatar.cli.console.View;
import io.numa.avatar.cli.wiring.QueueAccess;
import io.numa.avatar.nats.NatsBridge;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.time.Interrupts;
import io.numa.avatar.time.TimeSource;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code avatar bridge}: publishes a backend's tasks to a queue until it is stopped. */
@Command(
    name = "bridge",
    description = {
      "Polls the backend, and publishes each of its tasks once to the queue (queue.url), for avatars",
      "with 'queue.mode: ids'. Several bridges do no harm."
    })
final class BridgeCommand implements Callable<Integer> {
  private final Terminals terminals;

  @Mixin private ConfigOptions config = new ConfigOptions();
  @Mixin private ViewOptions view = new ViewOptions();

  BridgeCommand(Terminals terminals) {
    this.terminals = terminals;
  }

  @Override
  public Integer call() throws InterruptedException {
    Configuration configuration = config.load(Purpose.RUN, terminals).configuration();
    if (!configuration.queue().isUsed()) {
      throw new UsageException("a bridge needs queue.url: where it publishes to");
    }
    if (configuration.queue().isWhole()) {
      throw new UsageException("a bridge needs 'queue.mode: ids': its messages name tasks only");
    }
    var redactor = Redactor.of(configuration.secrets());
    Clock clock = TimeSource.SYSTEM.clock();
    try (View shown = view.open(terminals);
        var log = Logging.to(shown, configuration, redactor);
        var backend = QueueAccess.backend(configuration, redactor, clock);
        var queue = new NatsBridge(QueueAccess.settings(configuration))) {
      var bridge =
          new TaskBridge(
              new BridgeSettings(
                  configuration.avatar().topicName(),
                  configuration.polling().interval(),
                  configuration.polling().hold()),
              backend.messages(),
              backend.tasks(),
              queue,
              clock);
      shown.say(
          "The bridge publishes tasks of "
              + configuration.backend().url().orElseThrow()
              + " to "
              + configuration.queue().url().orElseThrow());
      return run(bridge, shown);
    }
  }

  private static int run(TaskBridge bridge, View shown) throws InterruptedException {
    try (var signals = Interruption.listen(shown::say, bridge::stop)) {
      bridge.run();
      Interrupts.take(); // a signal's interrupt has done its work
      return signals.exitCode(ExitCode.SUCCESS);
    }
  }
}
