package io.numa.avatar.worker;

import io.numa.avatar.run.guard.DiskFloor;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * How a worker works.
 *
 * @param concurrency how many tasks may run at once, at least 1
 * @param pollInterval between two polls of a source that answers at once
 * @param pollWait how long a source may hold a poll
 * @param maxTasks after how many ended tasks to stop; never when empty
 * @param diskFloor how much room there must be before a task is taken
 */
public record WorkerSettings(
    String topic,
    int concurrency,
    Duration pollInterval,
    Duration pollWait,
    OptionalInt maxTasks,
    DiskFloor diskFloor) {

  public WorkerSettings {
    if (concurrency < 1) {
      throw new IllegalArgumentException("concurrency must be at least 1: " + concurrency);
    }
  }
}
