package io.numa.avatar.queue;

import io.numa.avatar.port.queue.Delivery;
import io.numa.avatar.port.queue.TaskQueue;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.time.TimeSource;
import io.numa.avatar.time.Timers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;

/**
 * The tasks that this avatar took from a queue and that have not ended. Safe for use by several
 * threads.
 */
public final class HeldTasks {
  private final TaskQueue queue;
  private final TimeSource time;
  private final ScheduledExecutorService timer;
  private final Map<TaskId, HeldTask> held = new ConcurrentHashMap<>();

  public HeldTasks(TaskQueue queue, TimeSource time) {
    this(queue, time, Timers.daemon("avatar-queue-renewal"));
  }

  HeldTasks(TaskQueue queue, TimeSource time, ScheduledExecutorService timer) {
    this.queue = queue;
    this.time = time;
    this.timer = timer;
  }

  /**
   * Takes the next task of one of the routes, and holds it; empty if there is none within {@code
   * wait}. The methods of {@link TaskQueue} say what it throws.
   */
  public Optional<HeldTask> take(Set<String> routes, Duration wait) throws InterruptedException {
    return queue.take(routes, wait).map(this::hold);
  }

  /** Holds a task again that a previous process claimed. Asks nothing of the engine. */
  public HeldTask resume(TaskId task) {
    return hold(queue.resume(task));
  }

  private HeldTask hold(Delivery delivery) {
    var task = new HeldTask(delivery, time, timer, this);
    HeldTask earlier = held.put(task.id(), task);
    if (earlier != null) {
      earlier.replaced();
    }
    return task;
  }

  /** The task, if this avatar holds it. */
  public Optional<HeldTask> find(TaskId task) {
    return Optional.ofNullable(held.get(task));
  }

  void forget(HeldTask task) {
    held.remove(task.id(), task);
  }
}
