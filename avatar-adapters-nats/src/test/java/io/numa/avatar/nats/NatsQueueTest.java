package io.numa.avatar.nats;

import io.numa.avatar.testkit.contract.queue.QueueWorld;
import io.numa.avatar.testkit.contract.queue.TaskClaimsContract;
import io.numa.avatar.testkit.queue.NatsServer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The tests run at the same time, as most of their time is that of leases. */
@Execution(ExecutionMode.CONCURRENT)
class NatsQueueTest extends TaskClaimsContract {
  private static NatsServer server;

  @BeforeAll
  static void startServer(@TempDir Path folder) throws Exception {
    server = Programs.server(folder);
  }

  @AfterAll
  static void stopServer() {
    if (server != null) {
      server.close();
    }
  }

  @Override
  protected QueueWorld createWorld() throws Exception {
    return new NatsWorld(server.url());
  }
}
