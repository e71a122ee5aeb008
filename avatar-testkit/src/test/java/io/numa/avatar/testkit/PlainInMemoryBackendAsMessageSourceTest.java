package io.numa.avatar.testkit;

import io.numa.avatar.port.MessageSource;
import io.numa.avatar.testkit.contract.backend.OrderedMessageSourceContract;
import io.numa.avatar.testkit.fixture.BackendWorld;

final class PlainInMemoryBackendAsMessageSourceTest extends OrderedMessageSourceContract {
  private final InMemoryBackend backend = new InMemoryBackend().plain();

  @Override
  protected MessageSource source() {
    return backend;
  }

  @Override
  protected BackendWorld world() {
    return new InMemoryWorld(backend);
  }
}
