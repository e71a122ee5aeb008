package io.numa.avatar.backend;

import io.numa.avatar.port.StatusReporter;
import io.numa.avatar.testkit.contract.backend.LeasingStatusReporterContract;
import io.numa.avatar.testkit.fixture.BackendWorld;
import io.numa.avatar.testkit.server.NumaBackend;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;

final class HttpStatusReporterTest extends LeasingStatusReporterContract {
  private final NumaBackend backend = NumaBackend.start();
  private final HttpBackend http = Backends.open(backend);

  HttpStatusReporterTest() throws IOException {}

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
