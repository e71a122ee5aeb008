package io.numa.avatar.worker;

import io.numa.avatar.operation.Waiting.Kind;

/** What a worker asks for tasks, in words for operators. */
enum TaskOrigin {
  BACKEND("backend", Kind.BACKEND_AWAY),
  QUEUE("queue", Kind.QUEUE_AWAY);

  private final String word;
  private final Kind away;

  TaskOrigin(String word, Kind away) {
    this.word = word;
    this.away = away;
  }

  /** Why the worker takes no task while this does not answer. */
  Kind away() {
    return away;
  }

  /** The reason before the first answer. */
  String notReached() {
    return "the " + word + " was not reached yet";
  }
}
