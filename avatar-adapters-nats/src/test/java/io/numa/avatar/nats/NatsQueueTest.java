package io.numa.avatar.nats;

import io.numa.avatar.testkit.contract.queue.QueueWorld;
import io.numa.avatar.testkit.contract.queue.TaskClaimsContract;
import io.numa.avatar.testkit.junit.NatsServerExtension;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The tests run at the same time, as most of their time is that of leases. */
@Execution(ExecutionMode.CONCURRENT)
class NatsQueueTest extends TaskClaimsContract {
  @RegisterExtension static final NatsServerExtension NATS = new NatsServerExtension();

  @Override
  protected QueueWorld createWorld() throws Exception {
    return new NatsWorld(NATS.url());
  }
}
