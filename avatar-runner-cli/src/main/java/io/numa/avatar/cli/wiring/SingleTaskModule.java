package io.numa.avatar.cli.wiring;

import com.google.inject.AbstractModule;
import io.numa.avatar.port.StatusReporter;
import io.numa.avatar.port.TaskSource;
import io.numa.avatar.port.repository.ChangeRequests;
import io.numa.avatar.run.RunSettings;

/**
 * Binds {@link TaskSource} to one task given by the operator. Its result stays with the operator:
 * no backend gets a report, and no hosting service a change request.
 */
final class SingleTaskModule extends AbstractModule {
  private final SingleTask task;

  SingleTaskModule(SingleTask task) {
    this.task = task;
  }

  @Override
  protected void configure() {
    bind(TaskSource.class).toInstance(task);
    bind(StatusReporter.class).toInstance(task);
    bind(ChangeRequests.class).toInstance(ChangeRequests.NONE);
    bind(RunSettings.Proposals.class).toInstance(RunSettings.Proposals.NONE);
  }
}
