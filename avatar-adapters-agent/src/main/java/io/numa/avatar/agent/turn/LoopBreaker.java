package io.numa.avatar.agent.turn;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;

/**
 * Sees an agent go round in circles: the same tool with the same arguments and the same result,
 * again and again among its newest calls. Calls of long ago do not count, so that an agent may look
 * at a file after each of its steps.
 */
final class LoopBreaker {
  static final int TELL = 3;
  static final int END = 5;

  /** Among so many calls, five alike ones make up every second one. */
  private static final int NEWEST = 10;

  private final Deque<String> newest = new ArrayDeque<>();

  /**
   * Counts a call.
   *
   * @param fingerprint of the tool, its arguments and its result
   * @return how many calls like it are among the newest ones, it included
   */
  int count(String fingerprint) {
    newest.add(fingerprint);
    if (newest.size() > NEWEST) {
      newest.remove();
    }
    return Collections.frequency(newest, fingerprint);
  }
}
