package io.numa.avatar.testkit;

import io.numa.avatar.port.StatusReporter;
import io.numa.avatar.testkit.contract.backend.LeasingStatusReporterContract;
import io.numa.avatar.testkit.fixture.BackendWorld;

final class InMemoryBackendAsStatusReporterTest extends LeasingStatusReporterContract {
  private final InMemoryBackend backend = new InMemoryBackend();

  @Override
  protected StatusReporter reporter() {
    return backend;
  }

  @Override
  protected BackendWorld world() {
    return new InMemoryWorld(backend);
  }
}
