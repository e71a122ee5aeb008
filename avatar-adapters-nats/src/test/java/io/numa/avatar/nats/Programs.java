package io.numa.avatar.nats;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.numa.avatar.testkit.queue.NatsServer;
import java.io.IOException;
import java.nio.file.Path;

/** Programs of this machine, which may be missing. */
final class Programs {
  private Programs() {}

  /** Starts a server; without the program, the test is skipped with a reason. */
  static NatsServer server(Path folder, String... arguments) throws IOException {
    assumeTrue(NatsServer.program().isPresent(), "SKIPPED: this machine has no nats-server");
    return NatsServer.start(folder, arguments);
  }
}
