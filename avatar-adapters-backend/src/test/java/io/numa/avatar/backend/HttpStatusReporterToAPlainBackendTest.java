package io.numa.avatar.backend;

import io.numa.avatar.port.StatusReporter;
import io.numa.avatar.testkit.contract.backend.LoggingStatusReporterContract;
import io.numa.avatar.testkit.fixture.BackendWorld;
import io.numa.avatar.testkit.server.NumaBackend;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;

final class HttpStatusReporterToAPlainBackendTest extends LoggingStatusReporterContract {
  private final NumaBackend backend = NumaBackend.start().plain();
  private final HttpBackend http = Backends.open(backend);

  HttpStatusReporterToAPlainBackendTest() throws IOException {}

  @AfterEach
  void close() {
    http.close();
    backend.close();
  }

  @Override
  protected StatusReporter reporter() {
    return http.statuses();
  }

  @Override
  protected BackendWorld world() {
    return new NumaWorld(backend);
  }
}
