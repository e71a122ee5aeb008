package io.numa.avatar.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SharedTest {
  private final AtomicLong changes = new AtomicLong();
  private final AtomicLong nanos = new AtomicLong();
  private final AtomicInteger made = new AtomicInteger();
  private final Shared<String, Integer> values =
      new Shared<>(
          2,
          Duration.ofNanos(10),
          changes::get,
          new TimeSource() {
            @Override
            public Clock clock() {
              throw new UnsupportedOperationException();
            }

            @Override
            public long nanoTime() {
              return nanos.get();
            }
          });

  @Test
  void makesAValueOnceForAllWhoAskAtTheSameTime() throws Exception {
    var asked = new CountDownLatch(50);
    var asking = new ArrayList<FutureTask<Integer>>();
    for (int i = 0; i < 50; i++) {
      var task =
          new FutureTask<>(
              () -> {
                asked.countDown();
                return values.get(
                    "a",
                    () -> {
                      awaitAll(asked);
                      return made.incrementAndGet();
                    });
              });
      new Thread(task).start();
      asking.add(task);
    }

    for (FutureTask<Integer> task : asking) {
      assertThat(task.get()).isEqualTo(1);
    }
  }

  private static void awaitAll(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void makesItAnewAfterAChangeAndWhenItIsOld() {
    assertThat(get("a")).isEqualTo(1);
    nanos.set(9);
    assertThat(get("a")).isEqualTo(1);
    changes.incrementAndGet();
    assertThat(get("a")).isEqualTo(2);
    nanos.set(19);
    assertThat(get("a")).isEqualTo(3);
  }

  @Test
  void keepsTheOnesAskedForLast() {
    assertThat(List.of(get("a"), get("b"), get("a"), get("c"))).containsExactly(1, 2, 1, 3);
    assertThat(get("a")).isEqualTo(1);
    assertThat(get("b")).isEqualTo(4);
  }

  @Test
  void passesOnWhatTheMakerThrowsAndDoesNotKeepIt() {
    assertThatThrownBy(
            () ->
                values.get(
                    "a",
                    () -> {
                      throw new IllegalArgumentException("no such page");
                    }))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no such page");
    assertThat(get("a")).isEqualTo(1);
  }

  private int get(String key) {
    return values.get(key, made::incrementAndGet);
  }
}
