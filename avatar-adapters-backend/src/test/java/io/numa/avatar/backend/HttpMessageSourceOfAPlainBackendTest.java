package io.numa.avatar.backend;

import io.numa.avatar.port.MessageSource;
import io.numa.avatar.testkit.contract.backend.OrderedMessageSourceContract;
import io.numa.avatar.testkit.fixture.BackendWorld;
import io.numa.avatar.testkit.server.NumaBackend;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;

final class HttpMessageSourceOfAPlainBackendTest extends OrderedMessageSourceContract {
  private final NumaBackend backend = NumaBackend.start().plain();
  private final HttpBackend http = Backends.open(backend);

  HttpMessageSourceOfAPlainBackendTest() throws IOException {}

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
    return new NumaWorld(backend);
  }
}
