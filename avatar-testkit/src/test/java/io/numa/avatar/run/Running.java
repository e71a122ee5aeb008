package io.numa.avatar.run;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.numa.avatar.task.TaskOutcome;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** A running task. */
record Running(Thread thread, Future<TaskOutcome> result) {
  void interrupt() {
    thread.interrupt();
  }

  /** Waits until the task's thread waits for another one. */
  void awaitPause() throws TimeoutException {
    long start = System.nanoTime();
    while (thread.getState() != Thread.State.WAITING) {
      if (System.nanoTime() - start > RunWorld.SOON.toNanos()) {
        throw new TimeoutException("waited in vain for " + thread + " to wait");
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  /** Waits for the end of the task. */
  TaskOutcome outcome() throws Exception {
    return result.get(RunWorld.SOON.toSeconds(), SECONDS);
  }
}
