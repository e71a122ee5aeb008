package io.numa.avatar.backend.v1;

import io.numa.avatar.backend.HttpBackend;
import io.numa.avatar.port.StatusReporter;
import io.numa.avatar.testkit.contract.backend.StatusReporterContract;
import io.numa.avatar.testkit.fixture.BackendWorld;
import io.numa.avatar.testkit.server.NumaV1Backend;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;

final class V1StatusReporterTest extends StatusReporterContract {
  private final NumaV1Backend backend = NumaV1Backend.start();
  private final HttpBackend http = V1Backends.open(backend.url(), V1Backends.V1);

  V1StatusReporterTest() throws IOException {}

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
    return new V1World(backend);
  }
}
