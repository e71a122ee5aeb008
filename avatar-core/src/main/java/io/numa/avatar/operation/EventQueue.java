package io.numa.avatar.operation;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Events in the order they came; equal ones count once. One that has {@value OperationEvents#QUEUE}
 * events gives them up for a {@link OperationEvent.Missed}. Safe for use by several threads.
 */
final class EventQueue {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final Set<OperationEvent> events = new LinkedHashSet<>();
  private boolean closed;

  /** Returns how many events there are now; 0 if it is closed. */
  int add(Collection<OperationEvent> more) {
    lock.lock();
    try {
      if (closed) {
        return 0;
      }
      more.forEach(this::add);
      arrived.signal();
      return events.size();
    } finally {
      lock.unlock();
    }
  }

  private void add(OperationEvent event) {
    if (events.size() >= OperationEvents.QUEUE && !events.contains(event)) {
      events.clear();
      events.add(new OperationEvent.Missed());
    } else {
      events.add(event);
    }
  }

  /** Takes all events, and waits for one for at most {@code limit}. */
  List<OperationEvent> take(Duration limit) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = limit.toNanos();
      while (events.isEmpty() && !closed && left > 0) {
        left = arrived.awaitNanos(left);
      }
      return taken();
    } finally {
      lock.unlock();
    }
  }

  /** Takes all events that are there. */
  List<OperationEvent> take() {
    lock.lock();
    try {
      return taken();
    } finally {
      lock.unlock();
    }
  }

  private List<OperationEvent> taken() {
    List<OperationEvent> all = List.copyOf(events);
    events.clear();
    return all;
  }

  /** Takes no more events; a thread that waits for one returns at once. */
  void close() {
    lock.lock();
    try {
      closed = true;
      events.clear();
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
