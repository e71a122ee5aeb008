package io.numa.avatar.testkit;

import io.numa.avatar.port.queue.TaskQueue;
import io.numa.avatar.task.AvatarId;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.testkit.contract.queue.QueueWorld;
import io.numa.avatar.testkit.contract.queue.TaskClaimsContract;
import io.numa.avatar.testkit.queue.InMemoryTaskQueue;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Tests the queue in memory against the contract of all queues. */
class InMemoryTaskQueueTest extends TaskClaimsContract {
  private static final Duration LEASE = Duration.ofSeconds(60);

  @Override
  protected QueueWorld createWorld() {
    return new World(new InMemoryTaskQueue(LEASE, Clock.systemUTC()));
  }

  private record World(InMemoryTaskQueue queue) implements QueueWorld {
    @Override
    public Duration lease() {
      return LEASE;
    }

    @Override
    public TaskQueue queue(AvatarId avatar) {
      return queue.of(avatar);
    }

    @Override
    public boolean publish(TaskId task, String route) {
      return queue.publish(task, route);
    }

    @Override
    public void publishUnreadable(String route) {
      queue.publishUnreadable(route);
    }

    @Override
    public Optional<String> deadReason(TaskId task) {
      return queue.deadReason(task);
    }

    @Override
    public int deadLetters() {
      return queue.deadLetters();
    }

    @Override
    public void pass(Duration duration) {
      queue.pass(duration);
    }

    @Override
    public void close() {}
  }
}
