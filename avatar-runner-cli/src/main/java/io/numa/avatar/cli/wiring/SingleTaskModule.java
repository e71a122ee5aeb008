package io.numa.avatar.cli.wiring;

import com.google.inject.AbstractModule;
import io.numa.avatar.port.StatusReporter;
import io.numa.avatar.port.TaskSource;

/** Binds {@link TaskSource} to one task given by the operator, which is reported to no backend. */
final class SingleTaskModule extends AbstractModule {
  private final SingleTask task;

  SingleTaskModule(SingleTask task) {
    this.task = task;
  }

  @Override
  protected void configure() {
    bind(TaskSource.class).toInstance(task);
    bind(StatusReporter.class).toInstance(task);
  }
}
