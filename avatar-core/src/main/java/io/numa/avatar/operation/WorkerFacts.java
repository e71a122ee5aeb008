package io.numa.avatar.operation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a worker tells of itself. It never blocks. Safe for use by several threads. */
public interface WorkerFacts {
  /** What it does as a whole. */
  RunState runState();

  /** When it began; empty if it has not. */
  Optional<Instant> startedAt();

  /** How many tasks may run at once. */
  int concurrency();

  /** Why it takes no task at present, the most urgent reason first; empty if it is about to. */
  List<Waiting> why();

  /** When the backend was last reached. */
  BackendContact backend();

  /**
   * Why it is not ready: the backend was not reached in its last two polls, a disk has too little
   * space, the budget for agents is used up, or it is paused or ends; empty if it is ready. A
   * running task is no reason.
   */
  List<Waiting> unready();

  /** A sentence for each of its threads that should have made progress by now. */
  List<String> stuck();
}
