package io.numa.avatar.testkit.queue;

import io.numa.avatar.port.PortException;
import io.numa.avatar.port.queue.Delivery;
import io.numa.avatar.port.queue.TaskQueue;
import io.numa.avatar.task.AvatarId;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.TaskId;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** The queue as one avatar sees it. */
final class InMemoryQueueView implements TaskQueue {
  private static final Duration STEP = Duration.ofMillis(20);

  private final InMemoryTaskQueue queue;
  private final AvatarId avatar;

  InMemoryQueueView(InMemoryTaskQueue queue, AvatarId avatar) {
    this.queue = queue;
    this.avatar = avatar;
  }

  /** Leases end without a change of the queue's state, so it looks again from time to time. */
  @Override
  public Optional<Delivery> take(Set<String> routes, Duration wait) throws InterruptedException {
    long end = queue.now() + wait.toNanos();
    Optional<Delivery> taken = takeNow(routes);
    while (taken.isEmpty() && queue.now() < end) {
      queue.monitor().readAfter(() -> queue.next(routes).isPresent(), STEP, () -> true);
      taken = takeNow(routes);
    }
    return taken;
  }

  private Optional<Delivery> takeNow(Set<String> routes) throws InterruptedException {
    return queue
        .monitor()
        .changeInterruptibly(
            () -> {
              requireReachable();
              return queue.next(routes).map(this::deliver);
            });
  }

  private Delivery deliver(QueuedTask task) {
    task.deliveries++;
    task.dueAt = queue.now() + queue.lease().toNanos();
    return new InMemoryDelivery(queue, avatar, task.id, OptionalInt.of(task.deliveries));
  }

  @Override
  public Delivery resume(TaskId task) {
    return new InMemoryDelivery(queue, avatar, task, OptionalInt.empty());
  }

  private void requireReachable() {
    if (queue.isAway()) {
      throw away();
    }
  }

  static PortException away() {
    return new PortException(FailureKind.UNAVAILABLE, "could not reach the queue: it is away");
  }
}
