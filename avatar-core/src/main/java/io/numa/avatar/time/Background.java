package io.numa.avatar.time;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The background threads of an attempt. Closing it interrupts them, but does not wait for their
 * end.
 */
public final class Background implements AutoCloseable {
  private final String name;
  private final List<Thread> threads = new ArrayList<>();

  /**
   * @param name the end of the threads' names
   */
  public Background(String name) {
    this.name = name;
  }

  /** Starts a daemon thread. */
  public Thread start(String what, Runnable work) {
    var thread = new Thread(work, "avatar-" + what + "-" + name);
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
    return thread;
  }

  /** Waits on the calling thread, which may be interrupted. */
  public static void pause(Duration duration) throws InterruptedException {
    if (duration.isNegative() || duration.isZero()) {
      Interrupts.check();
      return;
    }
    new Waiter().pause(duration);
  }

  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
  }
}
