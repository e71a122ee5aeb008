package io.numa.avatar.worker;

import io.numa.avatar.run.guard.DiskFloor;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * The settings of a worker.
 *
 * @param concurrency how many tasks may run at once, at least 1
 * @param pollInterval the time between two polls of a source that answers at once
 * @param pollWait how long a source may wait for new messages before it answers
 * @param maxTasks the number of ended tasks after which the worker stops; if empty, it never stops
 * @param diskFloor the free disk space that is required before a task is taken
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
