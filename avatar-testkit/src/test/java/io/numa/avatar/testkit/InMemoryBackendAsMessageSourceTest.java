package io.numa.avatar.testkit;

import io.numa.avatar.port.MessageSource;
import io.numa.avatar.testkit.contract.backend.WaitingMessageSourceContract;
import io.numa.avatar.testkit.fixture.BackendWorld;

final class InMemoryBackendAsMessageSourceTest extends WaitingMessageSourceContract {
  private final InMemoryBackend backend = new InMemoryBackend();

  @Override
  protected MessageSource source() {
    return backend;
  }

  @Override
  protected BackendWorld world() {
    return new InMemoryWorld(backend);
  }
}
