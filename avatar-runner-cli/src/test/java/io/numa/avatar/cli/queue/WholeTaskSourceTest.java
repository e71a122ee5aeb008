package io.numa.avatar.cli.queue;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.numa.avatar.port.TaskSource;
import io.numa.avatar.testkit.contract.backend.RichTaskSourceContract;
import io.numa.avatar.testkit.fixture.BackendWorld;
import io.numa.avatar.testkit.queue.NatsServer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class WholeTaskSourceTest extends RichTaskSourceContract {
  @TempDir static Path folder;
  private static NatsServer server;

  private final WholeWorld world = new WholeWorld(server);

  @BeforeAll
  static void startServer() throws Exception {
    assumeTrue(NatsServer.program().isPresent(), "SKIPPED: this machine has no nats-server");
    server = NatsServer.start(folder, WholeWorld.LOGIN);
  }

  @AfterAll
  static void stopServer() {
    if (server != null) {
      server.close();
    }
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Override
  protected TaskSource source() {
    return world.source();
  }

  @Override
  protected BackendWorld world() {
    return world;
  }
}
