package io.numa.avatar.run;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.numa.avatar.task.TaskOutcome;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;

/** A task that is being carried out. */
record Running(Thread thread, Future<TaskOutcome> result) {
  void interrupt() {
    thread.interrupt();
  }

  /** Waits until its thread waits for another one. */
  void awaitPause() throws TimeoutException {
    long start = System.nanoTime();
    while (thread.getState() != Thread.State.WAITING) {
      if (System.nanoTime() - start > RunWorld.SOON.toNanos()) {
        throw new TimeoutException("waited in vain for " + thread + " to wait");
      }
      Thread.onSpinWait();
    }
  }

  /** Waits for its end. */
  TaskOutcome outcome() throws Exception {
    return result.get(RunWorld.SOON.toSeconds(), SECONDS);
  }
}
