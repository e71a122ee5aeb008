package io.numa.avatar.server.http;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * The answers that a server is about to give. It lets them reach their clients before it closes:
 * the order that ends an avatar is among them. Safe for use by several threads.
 */
public final class AnswersUnderWay {
  /** A slow client does not hold up the avatar's end. */
  private static final int SECONDS = 1;

  private final ReadWriteLock lock = new ReentrantReadWriteLock();

  /** Is held from the request to the end of its answer. */
  public Lock answer() {
    return lock.readLock();
  }

  /** Waits until the answers have been given, for at most a second. */
  public void awaitEnd() {
    try {
      if (lock.writeLock().tryLock(SECONDS, TimeUnit.SECONDS)) {
        lock.writeLock().unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
