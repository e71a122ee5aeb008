package io.numa.avatar.testkit;

import io.numa.avatar.port.TaskSource;
import io.numa.avatar.testkit.contract.backend.RichTaskSourceContract;
import io.numa.avatar.testkit.fixture.BackendWorld;

final class InMemoryBackendAsTaskSourceTest extends RichTaskSourceContract {
  private final InMemoryBackend backend = new InMemoryBackend();

  @Override
  protected TaskSource source() {
    return backend;
  }

  @Override
  protected BackendWorld world() {
    return new InMemoryWorld(backend);
  }
}
