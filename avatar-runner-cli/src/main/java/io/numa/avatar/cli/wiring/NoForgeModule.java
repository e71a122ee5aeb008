package io.numa.avatar.cli.wiring;

import com.google.inject.AbstractModule;
import io.numa.avatar.port.repository.ChangeRequests;
import io.numa.avatar.run.RunSettings;

/** Opens no change requests. */
final class NoForgeModule extends AbstractModule {
  @Override
  protected void configure() {
    bind(ChangeRequests.class).toInstance(ChangeRequests.NONE);
    bind(RunSettings.Proposals.class).toInstance(RunSettings.Proposals.NONE);
  }
}
