package io.numa.avatar.nats.internal.report;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Messages between the thread that delivers them and the one that reads them. It holds a few: then
 * the delivery waits for the reader, and the server's flow control holds back the rest. For one
 * thread on either side.
 */
final class Arrivals<T> {
  /** A message of a log may have a mebibyte. */
  static final int PLACES = 16;

  private static final long UNKNOWN = -1;

  private final BlockingQueue<T> messages = new ArrayBlockingQueue<>(PLACES);
  private final AtomicLong pending = new AtomicLong(UNKNOWN);

  /** Tells how many messages were there at the beginning. Messages may have come before. */
  void expect(long count) {
    pending.compareAndSet(UNKNOWN, count);
  }

  /**
   * Adds a message; waits for a free place.
   *
   * @param more how many messages the server has after it
   */
  void put(T message, long more) throws InterruptedException {
    messages.put(message);
    pending.set(more); // only now: with none of them, the reader would take this for the end
  }

  /** The first message, which stays. */
  @Nullable T peek() {
    return messages.peek();
  }

  /** Removes the first message; there must be one. */
  T remove() {
    return messages.remove();
  }

  /** Whether all that has come was taken out, and the server knew of nothing more. */
  boolean isDrained() {
    return pending.get() == 0 && messages.isEmpty();
  }
}
