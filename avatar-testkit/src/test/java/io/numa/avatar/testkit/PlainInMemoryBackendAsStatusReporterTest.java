package io.numa.avatar.testkit;

import io.numa.avatar.port.StatusReporter;
import io.numa.avatar.testkit.contract.backend.LoggingStatusReporterContract;
import io.numa.avatar.testkit.fixture.BackendWorld;

final class PlainInMemoryBackendAsStatusReporterTest extends LoggingStatusReporterContract {
  private final InMemoryBackend backend = new InMemoryBackend().plain();

  @Override
  protected StatusReporter reporter() {
    return backend;
  }

  @Override
  protected BackendWorld world() {
    return new InMemoryWorld(backend);
  }
}
