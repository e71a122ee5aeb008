package io.numa.avatar.cli.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import io.numa.avatar.backend.HttpBackend;
import io.numa.avatar.metric.MeasuredMessages;
import io.numa.avatar.metric.Metrics;
import io.numa.avatar.port.StatusReporter;
import io.numa.avatar.worker.TaskIntake;

/** Has tasks come from the topic of the configured backend. */
final class TopicModule extends AbstractModule {
  @Override
  protected void configure() {
    requireBinding(HttpBackend.class);
    requireBinding(Metrics.class);
  }

  @Provides
  TaskIntake intake(HttpBackend backend, Metrics metrics) {
    return TaskIntake.topic(new MeasuredMessages(backend.messages(), metrics));
  }

  @Provides
  StatusReporter statuses(HttpBackend backend) {
    return backend.statuses();
  }
}
