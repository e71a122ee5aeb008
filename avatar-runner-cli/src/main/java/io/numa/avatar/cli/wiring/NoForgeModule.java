package io.numa.avatar.cli.wiring;

import com.google.inject.AbstractModule;
import io.numa.avatar.port.ChangeRequests;
import io.numa.avatar.run.RunSettings;

/** Has nobody asked to merge anything. */
final class NoForgeModule extends AbstractModule {
  @Override
  protected void configure() {
    bind(ChangeRequests.class).toInstance(ChangeRequests.NONE);
    bind(RunSettings.Proposals.class).toInstance(RunSettings.Proposals.NONE);
  }
}
