package io.numa.avatar.cli.queue;

import io.numa.avatar.port.TaskSource;
import io.numa.avatar.testkit.contract.backend.RichTaskSourceContract;
import io.numa.avatar.testkit.fixture.BackendWorld;
import io.numa.avatar.testkit.junit.NatsServerExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;

class WholeTaskSourceTest extends RichTaskSourceContract {
  @RegisterExtension
  static final NatsServerExtension NATS = new NatsServerExtension(WholeWorld.LOGIN);

  private final WholeWorld world = new WholeWorld(NATS.server());

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
