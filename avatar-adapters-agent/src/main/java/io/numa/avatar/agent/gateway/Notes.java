package io.numa.avatar.agent.gateway;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** The texts that wait for the next request. Safe for use by several threads. */
final class Notes {
  private static final int MAX = 16;

  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<String> waiting = new ArrayDeque<>();

  /** Adds a text. If too many wait, the oldest one is dropped. */
  void add(String note) {
    lock.lock();
    try {
      if (waiting.size() == MAX) {
        waiting.removeFirst();
      }
      waiting.addLast(note);
    } finally {
      lock.unlock();
    }
  }

  /** Takes all texts, as one. */
  Optional<String> take() {
    lock.lock();
    try {
      if (waiting.isEmpty()) {
        return Optional.empty();
      }
      String all = String.join("\n\n", waiting);
      waiting.clear();
      return Optional.of(all);
    } finally {
      lock.unlock();
    }
  }

  /** Returns a text that no answer has followed. */
  void putBack(String note) {
    lock.lock();
    try {
      waiting.addFirst(note);
    } finally {
      lock.unlock();
    }
  }
}
