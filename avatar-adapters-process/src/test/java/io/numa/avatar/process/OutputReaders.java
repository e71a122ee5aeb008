package io.numa.avatar.process;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

/** The threads that read the output of one command, and not those of tests beside this one. */
final class OutputReaders {
  /** Threads belong to the group of the thread that starts them. */
  private final ThreadGroup group = new ThreadGroup("output-readers");

  /** Runs a command on a thread of its own, and waits for its result. */
  <T> T run(Callable<T> command) throws Exception {
    var task = new FutureTask<>(command);
    var thread = new Thread(group, task, "runs");
    thread.start();
    T result = task.get(60, SECONDS);
    thread.join();
    return result;
  }

  /** Asserts that all of them end soon. */
  void assertEnd() throws InterruptedException {
    for (Thread thread : threads()) {
      thread.join(Duration.ofSeconds(20).toMillis());
    }
    assertThat(threads()).filteredOn(Thread::isAlive).isEmpty();
  }

  private Thread[] threads() {
    var some = new Thread[group.activeCount() + 10];
    return Arrays.copyOf(some, group.enumerate(some));
  }
}
