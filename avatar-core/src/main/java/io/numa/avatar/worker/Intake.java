package io.numa.avatar.worker;

import java.time.Instant;

/** Where the worker gets its tasks from. Used by the polling thread, except {@link #use}. */
interface Intake {
  /** Polls by other settings from the next poll on. */
  void use(WorkerSettings settings);

  /** Adds the tasks that a previous process left. */
  void recover(Instant now);

  /** Takes what is there to do; waits for a while if there is nothing. */
  void poll() throws InterruptedException;

  /** A step of the polling thread has failed. */
  void failed(RuntimeException failure);
}
