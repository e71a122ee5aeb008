package io.numa.avatar.backend.v1;

import io.numa.avatar.backend.HttpBackend;
import io.numa.avatar.port.MessageSource;
import io.numa.avatar.testkit.contract.backend.MessageSourceContract;
import io.numa.avatar.testkit.fixture.BackendWorld;
import io.numa.avatar.testkit.server.NumaV1Backend;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;

final class V1MessageSourceTest extends MessageSourceContract {
  private final NumaV1Backend backend = NumaV1Backend.start();
  private final HttpBackend http = V1Backends.open(backend.url(), V1Backends.V1);

  V1MessageSourceTest() throws IOException {}

  @AfterEach
  void close() {
    http.close();
    backend.close();
  }

  @Override
  protected MessageSource source() {
    return http.messages();
  }

  @Override
  protected BackendWorld world() {
    return new V1World(backend);
  }
}
