package io.numa.avatar.backend;

import io.numa.avatar.port.TaskSource;
import io.numa.avatar.testkit.contract.backend.RichTaskSourceContract;
import io.numa.avatar.testkit.fixture.BackendWorld;
import io.numa.avatar.testkit.server.NumaBackend;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;

final class HttpTaskSourceOfAPlainBackendTest extends RichTaskSourceContract {
  private final NumaBackend backend = NumaBackend.start().plain();
  private final HttpBackend http = Backends.open(backend);

  HttpTaskSourceOfAPlainBackendTest() throws IOException {}

  @AfterEach
  void close() {
    http.close();
    backend.close();
  }

  @Override
  protected TaskSource source() {
    return http.tasks();
  }

  @Override
  protected BackendWorld world() {
    return new NumaWorld(backend);
  }
}
