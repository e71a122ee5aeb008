package io.numa.avatar.operation;

import io.numa.avatar.time.Timers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Passes events on to watchers. A publisher never waits for a watcher, and its work does not grow
 * with their number: a thread of its own passes on what comes within {@link #PACE}. A watcher that
 * has {@value #QUEUE} events to take gets one {@link OperationEvent.Missed} instead of all of them.
 * Safe for use by several threads.
 */
public final class OperationEvents {
  /** The most events that a watcher may have to take. */
  public static final int QUEUE = 64;

  /** The most watchers at a time. */
  public static final int WATCHERS = 64;

  /** For how long events are collected before watchers get them. */
  private static final Duration PACE = Duration.ofMillis(100);

  /** So many events are passed on before that. */
  private static final int MANY = QUEUE / 2;

  private final Set<Subscription> watchers = new CopyOnWriteArraySet<>();
  private final AtomicLong published = new AtomicLong();
  private final EventQueue collected = new EventQueue();
  private final AtomicBoolean collecting = new AtomicBoolean();
  private final Executor soon;
  private final Executor now;

  public OperationEvents() {
    this(Timers.daemon("avatar-events"));
  }

  @SuppressWarnings("FutureReturnValueIgnored") // The task catches what watchers throw.
  private OperationEvents(ScheduledExecutorService timer) {
    this(task -> timer.schedule(task, PACE.toMillis(), TimeUnit.MILLISECONDS), timer);
  }

  /**
   * Events that are passed on by other threads, or by the publisher's own.
   *
   * @param soon carries out a task after a while, in which events are collected
   * @param now carries it out at once, after those that it has begun
   */
  public OperationEvents(Executor soon, Executor now) {
    this.soon = soon;
    this.now = now;
  }

  /** Passes an event on to all watchers. Returns at once. */
  public void publish(OperationEvent event) {
    published.incrementAndGet();
    if (watchers.isEmpty()) {
      return;
    }
    int size = collected.add(List.of(event));
    if (collecting.compareAndSet(false, true)) {
      soon.execute(this::passOn);
    } else if (size == MANY) {
      now.execute(this::passOn);
    }
  }

  private void passOn() {
    collecting.set(false);
    List<OperationEvent> events = collected.take();
    if (!events.isEmpty()) {
      watchers.forEach(watcher -> watcher.queue.add(events));
    }
  }

  /** How many events have been published. What was read before another one may be out of date. */
  public long published() {
    return published.get();
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
    private final EventQueue queue = new EventQueue();

    private Subscription() {}

    /**
     * Takes the next events in the order published, of equal ones the first, and waits for one for
     * at most {@code limit}.
     *
     * @return empty if none came in that time, or if the subscription is closed
     */
    public List<OperationEvent> take(Duration limit) throws InterruptedException {
      return queue.take(limit);
    }

    /** Ends the subscription; a thread that waits for an event returns at once. */
    @Override
    public void close() {
      watchers.remove(this);
      queue.close();
    }
  }
}
