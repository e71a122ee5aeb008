package io.numa.avatar.process.sandbox.home;

import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.time.TimeSource;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RestedWorkTest {
  private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
  private final AtomicLong nanos = new AtomicLong();
  private final AtomicInteger done = new AtomicInteger();

  private final TimeSource time =
      new TimeSource() {
        @Override
        public Clock clock() {
          throw new UnsupportedOperationException();
        }

        @Override
        public long nanoTime() {
          return nanos.get();
        }
      };

  @AfterEach
  void endTimer() {
    timer.shutdownNow();
  }

  @Test
  void worksOnceMoreForAllThatAskMeanwhile() throws Exception {
    var begun = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    var work =
        new RestedWork(
            () -> {
              begun.countDown();
              await(goOn);
              done.incrementAndGet();
            },
            timer,
            time);
    work.ask();
    begun.await();

    work.ask();
    work.ask();
    work.ask();
    goOn.countDown();

    timer.shutdown(); // lets what waits be done
    assertThat(timer.awaitTermination(1, MINUTES)).isTrue();
    assertThat(done).hasValue(2);
  }

  @Test
  void restsAfterLongWork() throws Exception {
    var work = longWork();
    work.ask();
    settle();

    work.ask();
    work.ask();
    settle();

    assertThat(done).hasValue(1);
    assertThat(timer.getQueue()).hasSize(1);
    assertThat((Delayed) timer.getQueue().peek())
        .matches(waiting -> waiting.getDelay(SECONDS) > 10, "waits for the end of the rest");
  }

  @Test
  void worksAtOnceAfterTheRest() throws Exception {
    var work = longWork();
    work.ask();
    settle();
    nanos.addAndGet(Duration.ofSeconds(20).toNanos());

    work.ask();
    settle();

    assertThat(done).hasValue(2);
  }

  /** Takes a second. */
  private RestedWork longWork() {
    return new RestedWork(
        () -> {
          done.incrementAndGet();
          nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        },
        timer,
        time);
  }

  /** Waits until what is due is done. */
  private void settle() throws Exception {
    timer.submit(() -> {}).get();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
