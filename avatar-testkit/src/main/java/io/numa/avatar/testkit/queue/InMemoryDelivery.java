package io.numa.avatar.testkit.queue;

import io.numa.avatar.port.Lease;
import io.numa.avatar.port.TaskTakenException;
import io.numa.avatar.port.queue.Delivery;
import io.numa.avatar.port.queue.QueuedMessage;
import io.numa.avatar.port.queue.TaskClaim;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.AvatarId;
import io.numa.avatar.task.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/** A delivery of the queue in memory. */
final class InMemoryDelivery implements Delivery {
  private final InMemoryTaskQueue queue;
  private final AvatarId avatar;
  private final TaskId id;

  /** Which delivery of the task this is; empty after a restart. */
  private final OptionalInt number;

  /** Whether an attempt has claimed the task by this delivery. */
  private boolean claimed;

  InMemoryDelivery(InMemoryTaskQueue queue, AvatarId avatar, TaskId id, OptionalInt number) {
    this.queue = queue;
    this.avatar = avatar;
    this.id = id;
    this.number = number;
  }

  @Override
  public QueuedMessage message() {
    Optional<Instant> publishedAt =
        queue.monitor().read(() -> queue.find(id).map(task -> task.publishedAt));
    return new QueuedMessage(id, publishedAt, number.orElse(1));
  }

  @Override
  public TaskClaim claim() {
    return new Claim();
  }

  private final class Claim implements TaskClaim {
    @Override
    public int count() throws InterruptedException {
      return change(() -> queue.find(id).map(task -> task.claims).orElse(0));
    }

    @Override
    public List<AttemptId> attempts() throws InterruptedException {
      return change(() -> queue.find(id).map(task -> List.copyOf(task.attempts)).orElse(List.of()));
    }

    @Override
    public Lease take(AttemptId attempt) throws InterruptedException {
      return change(
          () -> {
            queue.find(id).ifPresent(task -> claim(task, attempt));
            return lease();
          });
    }

    @Override
    public Lease renew() throws InterruptedException {
      return change(
          () -> {
            queue.find(id).ifPresent(task -> extend(requireOurs(task)));
            return lease();
          });
    }

    @Override
    public void confirm() throws InterruptedException {
      change(() -> queue.find(id).map(InMemoryDelivery.this::requireOurs));
    }
  }

  private void claim(QueuedTask task, AttemptId attempt) {
    boolean newest = number.isPresent() && number.getAsInt() == task.deliveries;
    boolean ours = task.owner.equals(Optional.of(avatar));
    if (task.ended || (number.isPresent() ? !newest : !ours)) {
      throw taken();
    }
    if (!ours || !task.attempt.equals(Optional.of(attempt))) {
      task.claims++;
    }
    task.attempts.remove(attempt);
    task.attempts.add(attempt);
    task.owner = Optional.of(avatar);
    task.attempt = Optional.of(attempt);
    claimed = true;
    extend(task);
  }

  private void extend(QueuedTask task) {
    task.dueAt = queue.now() + queue.lease().toNanos();
  }

  private Lease lease() {
    return new Lease(queue.lease(), Optional.empty());
  }

  @Override
  public void settle() throws InterruptedException {
    change(() -> queue.find(id).map(task -> requireNotTaken(task).ended = true));
  }

  @Override
  public void giveBack(Duration delay) throws InterruptedException {
    change(
        () -> {
          queue.find(id).filter(this::isOurs).ifPresent(task -> giveBack(task, delay));
          return delay;
        });
  }

  private void giveBack(QueuedTask task, Duration delay) {
    task.dueAt = queue.now() + delay.toNanos();
    if (claimed) {
      task.claims--;
      task.attempt = Optional.empty();
    }
  }

  @Override
  public void bury(String reason) throws InterruptedException {
    change(
        () -> {
          queue.find(id).ifPresent(task -> requireNotTaken(task).ended = true);
          queue.bury(id, reason);
          return reason;
        });
  }

  private QueuedTask requireOurs(QueuedTask task) {
    if (!claimed || task.ended || !task.owner.equals(Optional.of(avatar))) {
      throw taken();
    }
    return task;
  }

  private QueuedTask requireNotTaken(QueuedTask task) {
    if (!isOurs(task)) {
      throw taken();
    }
    return task;
  }

  /** Whether no other avatar can have the task. */
  private boolean isOurs(QueuedTask task) {
    boolean newest = number.isPresent() && number.getAsInt() == task.deliveries;
    return !task.ended && (newest || task.owner.equals(Optional.of(avatar)));
  }

  private static TaskTakenException taken() {
    return new TaskTakenException("the queue gave it to another avatar");
  }

  private <T> T change(Supplier<T> change) throws InterruptedException {
    return queue
        .monitor()
        .changeInterruptibly(
            () -> {
              if (queue.isAway()) {
                throw InMemoryQueueView.away();
              }
              return change.get();
            });
  }
}
