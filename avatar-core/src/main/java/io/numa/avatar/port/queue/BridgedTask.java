package io.numa.avatar.port.queue;

import io.numa.avatar.task.TaskState;
import java.time.Instant;

/**
 * What bridges remember of a task that one of them has published.
 *
 * @param state the task's state at the backend, as a bridge has seen it last; {@code TODO} since it
 *     was published
 * @param round how often the task became ready, from 1
 * @param since when this was written
 * @param revision tells apart what was written; 0 if it is not written yet
 */
public record BridgedTask(TaskState state, int round, Instant since, long revision) {
  /** The same task in another state. */
  public BridgedTask in(TaskState other) {
    return new BridgedTask(other, round, since, revision);
  }

  /** The next round of the task, which is ready. */
  public BridgedTask nextRound() {
    return new BridgedTask(TaskState.TODO, round + 1, since, revision);
  }
}
