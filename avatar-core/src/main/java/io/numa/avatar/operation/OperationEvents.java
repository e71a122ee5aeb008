package io.numa.avatar.operation;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Passes events on to watchers. A publisher never waits for a watcher: a watcher that has {@value
 * #QUEUE} events to take gets one {@link OperationEvent.Missed} instead of all of them. Safe for
 * use by several threads.
 */
public final class OperationEvents {
  /** The most events that a watcher may have to take. */
  public static final int QUEUE = 256;

  /** The most watchers at a time. */
  public static final int WATCHERS = 64;

  private final Set<Subscription> watchers = new CopyOnWriteArraySet<>();

  /** Passes an event on to all watchers. Returns at once. */
  public void publish(OperationEvent event) {
    watchers.forEach(watcher -> watcher.offer(event));
  }

  /**
   * Begins to collect events for a watcher, which has to close the subscription.
   *
   * @return empty if there are {@value #WATCHERS} watchers already
   */
  public Optional<Subscription> subscribe() {
    synchronized (watchers) {
      if (watchers.size() >= WATCHERS) {
        return Optional.empty();
      }
      var subscription = new Subscription();
      watchers.add(subscription);
      return Optional.of(subscription);
    }
  }

  /** How many watchers there are. */
  public int watchers() {
    return watchers.size();
  }

  /** The events of one watcher. Safe for use by several threads. */
  public final class Subscription implements AutoCloseable {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();

    /** In the order published; equal events that follow before they are taken count once. */
    private final Set<OperationEvent> queue = new LinkedHashSet<>();

    private boolean closed;

    private Subscription() {}

    private void offer(OperationEvent event) {
      lock.lock();
      try {
        if (closed) {
          return;
        }
        if (queue.size() >= QUEUE && !queue.contains(event)) {
          queue.clear();
          queue.add(new OperationEvent.Missed());
        } else {
          queue.add(event);
        }
        arrived.signal();
      } finally {
        lock.unlock();
      }
    }

    /**
     * Takes the next event, and waits for it for at most {@code limit}.
     *
     * @return empty if none came in that time, or if the subscription is closed
     */
    public Optional<OperationEvent> next(Duration limit) throws InterruptedException {
      lock.lockInterruptibly();
      try {
        long left = limit.toNanos();
        while (queue.isEmpty() && !closed && left > 0) {
          left = arrived.awaitNanos(left);
        }
        Optional<OperationEvent> first = queue.stream().findFirst();
        first.ifPresent(queue::remove);
        return first;
      } finally {
        lock.unlock();
      }
    }

    /** Ends the subscription; a thread that waits for an event returns at once. */
    @Override
    public void close() {
      watchers.remove(this);
      lock.lock();
      try {
        closed = true;
        queue.clear();
        arrived.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }
}
