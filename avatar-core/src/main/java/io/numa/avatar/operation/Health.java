package io.numa.avatar.operation;

import java.util.List;

/**
 * Whether an avatar lives and is ready.
 *
 * @param stuck a sentence for each thread that should have made progress by now; empty if all have
 * @param unready why it is not ready: the backend was not reached in the last two polls, a disk has
 *     too little space, the budget for agents is used up, or it is paused or ends; empty if it is
 *     ready
 */
public record Health(List<String> stuck, List<Waiting> unready) {
  public Health {
    stuck = List.copyOf(stuck);
    unready = List.copyOf(unready);
  }

  /** Whether all threads make progress. */
  public boolean lives() {
    return stuck.isEmpty();
  }

  /** Whether it takes tasks as soon as there are some. */
  public boolean ready() {
    return unready.isEmpty();
  }
}
