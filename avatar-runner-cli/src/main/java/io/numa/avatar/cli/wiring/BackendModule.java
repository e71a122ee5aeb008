package io.numa.avatar.cli.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.numa.avatar.backend.HttpBackend;
import io.numa.avatar.backend.settings.BackendSettings;
import io.numa.avatar.backend.settings.StatusWords;
import io.numa.avatar.cli.config.Configuration;
import io.numa.avatar.metric.Metrics;
import io.numa.avatar.port.TaskSource;
import io.numa.avatar.port.journal.Journal;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.task.AvatarId;
import java.net.URI;
import java.time.Clock;

/** Binds {@link TaskSource} to the configured backend. */
final class BackendModule extends AbstractModule {
  @Override
  protected void configure() {
    requireBinding(Configuration.class);
    requireBinding(Redactor.class);
    requireBinding(Journal.class);
    requireBinding(Clock.class);
    requireBinding(Metrics.class);
  }

  @Provides
  @Singleton
  HttpBackend backend(
      Configuration configuration,
      Redactor redactor,
      Journal journal,
      Clock clock,
      Metrics metrics) {
    return new HttpBackend(
        settings(configuration).withRedactor(redactor).withMetrics(metrics), clock, journal);
  }

  @Provides
  TaskSource tasks(HttpBackend backend) {
    return backend.tasks();
  }

  static BackendSettings settings(Configuration configuration) {
    URI url =
        configuration
            .backend()
            .url()
            .orElseThrow(() -> new IllegalArgumentException("backend.url is not set"));
    var settings =
        BackendSettings.of(url, new AvatarId(configuration.avatar().id()))
            .withWords(words(configuration.status().words()))
            .withDialect(configuration.backend().dialect());
    return configuration.backend().token().map(settings::withApiToken).orElse(settings);
  }

  static StatusWords words(Configuration.Words words) {
    return new StatusWords(
        words.todo(), words.inProgress(), words.done(), words.failed(), words.cancelled());
  }
}
