package io.numa.avatar.run;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.numa.avatar.task.TaskOutcome;
import java.util.concurrent.Future;

/** A task that is being carried out. */
record Running(Thread thread, Future<TaskOutcome> result) {
  void interrupt() {
    thread.interrupt();
  }

  /** Waits for its end. */
  TaskOutcome outcome() throws Exception {
    return result.get(RunWorld.SOON.toSeconds(), SECONDS);
  }
}
