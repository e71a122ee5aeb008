package io.numa.avatar.cli.queue;

import io.numa.avatar.port.StatusReporter;
import io.numa.avatar.testkit.contract.backend.LoggingStatusReporterContract;
import io.numa.avatar.testkit.fixture.BackendWorld;
import io.numa.avatar.testkit.junit.NatsServerExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;

class WholeStatusReporterTest extends LoggingStatusReporterContract {
  @RegisterExtension
  static final NatsServerExtension NATS = new NatsServerExtension(WholeWorld.LOGIN);

  private final WholeWorld world = new WholeWorld(NATS.server());

  @AfterEach
  void close() {
    world.close();
  }

  @Override
  protected StatusReporter reporter() {
    return world.reporter();
  }

  @Override
  protected BackendWorld world() {
    return world;
  }

  /** A report follows a delivery, which has the task. */
  @Override
  protected boolean knowsTasks() {
    return false;
  }
}
