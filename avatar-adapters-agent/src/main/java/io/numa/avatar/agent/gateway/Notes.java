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
  private boolean toolsSeen;

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

  /**
   * Takes all texts, as one.
   *
   * @param withTools whether the request offers tools. Where an agent's requests do, one without
   *     them is for a title or a summary, and gets no text.
   */
  Optional<String> take(boolean withTools) {
    lock.lock();
    try {
      toolsSeen |= withTools;
      if (waiting.isEmpty() || (toolsSeen && !withTools)) {
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
