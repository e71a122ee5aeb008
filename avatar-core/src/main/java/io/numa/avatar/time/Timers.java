package io.numa.avatar.time;

import static java.util.concurrent.TimeUnit.MINUTES;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/** Creates timers. An action that takes long must have a timer of its own. */
public final class Timers {
  private Timers() {}

  /** A timer with one daemon thread, which exists only while an action is scheduled. */
  public static ScheduledExecutorService daemon(String threadName) {
    var timer =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              var thread = new Thread(task, threadName);
              thread.setDaemon(true);
              return thread;
            });
    timer.setRemoveOnCancelPolicy(true);
    timer.setKeepAliveTime(1, MINUTES);
    timer.allowCoreThreadTimeOut(true);
    return timer;
  }
}
