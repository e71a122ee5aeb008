package io.numa.avatar.cli.wiring;

import io.numa.avatar.backend.HttpBackend;
import io.numa.avatar.backend.MessageDocuments;
import io.numa.avatar.backend.settings.StatusWords;
import io.numa.avatar.cli.config.Configuration;
import io.numa.avatar.nats.settings.NatsSettings;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.task.AvatarId;
import java.time.Clock;
import java.util.Optional;

/** The parts of an avatar that commands beside {@code run} need to reach a queue. */
public final class QueueAccess {
  private QueueAccess() {}

  /** The settings of the configured queue. */
  public static NatsSettings settings(Configuration configuration) {
    return QueueModule.settings(configuration);
  }

  /** The same for whole tasks, which belong to no backend. */
  public static NatsSettings whole(Configuration configuration) {
    return QueueModule.settings(configuration, configuration.queue().backendName(Optional.empty()));
  }

  /** The configured backend. The caller must close it. */
  public static HttpBackend backend(Configuration configuration, Redactor redactor, Clock clock) {
    return new HttpBackend(BackendModule.settings(configuration).withRedactor(redactor), clock);
  }

  /** The documents of whole tasks, as this configuration spells them. */
  public static MessageDocuments documents(Configuration configuration, Redactor redactor) {
    return new MessageDocuments(
        new AvatarId(configuration.avatar().id()), words(configuration), redactor);
  }

  public static StatusWords words(Configuration configuration) {
    return BackendModule.words(configuration.status().words());
  }
}
