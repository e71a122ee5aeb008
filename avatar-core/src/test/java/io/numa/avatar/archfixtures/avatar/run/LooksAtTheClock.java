package io.numa.avatar.archfixtures.avatar.run;

import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;

/** Breaks: time has one home. Each method breaks it in a different way. */
final class LooksAtTheClock {
  private LooksAtTheClock() {}

  static Clock now() {
    return Clock.systemUTC();
  }

  static LongSupplier elapsed() {
    return System::nanoTime;
  }

  static void sleep() throws InterruptedException {
    Thread.sleep(1);
  }

  static ScheduledExecutorService timer() {
    return Executors.newSingleThreadScheduledExecutor();
  }
}
