package io.numa.avatar.cli.command.queue;

import io.numa.avatar.cli.command.common.ConfigOptions;
import io.numa.avatar.cli.command.common.Terminals;
import io.numa.avatar.cli.command.common.UsageException;
import io.numa.avatar.cli.config.Configuration;
import io.numa.avatar.cli.config.Purpose;
import io.numa.avatar.cli.wiring.QueueAccess;
import io.numa.avatar.nats.settings.NatsSettings;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that name a queue. The configuration has what they do not give, such as a login. */
final class QueueOptions {
  @Mixin private ConfigOptions config = new ConfigOptions();

  @Option(
      names = "--queue",
      paramLabel = "URL",
      description = "The queue, such as nats://127.0.0.1:4222; queue.url if not given.")
  private @Nullable String url;

  @Option(
      names = "--topic",
      paramLabel = "NAME",
      description = "The topic in the queue; queue.topic if not given.")
  private @Nullable String topic;

  Configuration configuration(Terminals terminals) {
    return configuration(config, terminals, url, topic);
  }

  static Configuration configuration(
      ConfigOptions config, Terminals terminals, @Nullable String url, @Nullable String topic) {
    Map<String, String> given = new HashMap<>();
    if (url != null) {
      given.put("queue.url", url);
    }
    if (topic != null) {
      given.put("queue.topic", topic);
    }
    Configuration configuration = config.loadWith(Purpose.SHOW, terminals, given).configuration();
    if (!configuration.queue().isUsed()) {
      throw new UsageException("--queue: is missing, and there is no queue.url in a configuration");
    }
    return configuration;
  }

  /** The settings of the queue for whole tasks. */
  static NatsSettings settings(Configuration configuration) {
    return QueueAccess.whole(configuration);
  }

  /** The options to give to another command for the same queue. */
  String again() {
    return (url == null ? "" : " --queue " + url) + (topic == null ? "" : " --topic " + topic);
  }
}
