package io.numa.avatar.git.internal.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParallelTasksTest {
  private static final List<Integer> ITEMS = IntStream.range(0, 10_000).boxed().toList();

  @BeforeAll
  static void needTwoProcessors() {
    assumeThat(Runtime.getRuntime().availableProcessors()).isGreaterThan(1);
  }

  @Test
  void doesEveryThingOnce() throws IOException {
    List<Integer> done = Collections.synchronizedList(new ArrayList<>());

    ParallelTasks.each(ITEMS, done::add);

    assertThat(done).containsExactlyInAnyOrderElementsOf(ITEMS);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void beginsNothingMoreOnceSomethingHasFailed(boolean here) {
    var caller = Thread.currentThread();
    var done = new AtomicInteger();

    assertThatThrownBy(
            () ->
                ParallelTasks.each(
                    ITEMS,
                    item -> {
                      if (here == (Thread.currentThread() == caller)) {
                        throw new IOException("broken");
                      }
                      done.incrementAndGet();
                      pause(1);
                    }))
        .isInstanceOf(IOException.class)
        .hasMessage("broken");

    assertThat(done.get()).isLessThan(ITEMS.size() / 2);
  }

  @Test
  void waitsForRunningItemsAfterAFailure() {
    var caller = Thread.currentThread();
    var begun = new CountDownLatch(1);
    Set<Integer> running = ConcurrentHashMap.newKeySet();

    assertThatThrownBy(
            () ->
                ParallelTasks.each(
                    ITEMS,
                    item -> {
                      if (Thread.currentThread() == caller) {
                        await(begun);
                        throw new IllegalStateException("a bug");
                      }
                      running.add(item);
                      begun.countDown();
                      pause(50);
                      running.remove(item);
                    }))
        .isInstanceOf(IllegalStateException.class);

    assertThat(running).isEmpty();
  }

  /**
   * The wait clears the thread's interrupt flag, so a transfer that checks only the flag would
   * continue.
   */
  @Test
  void hasATransferStoppedWhenItIsInterruptedWhileItWaits(@TempDir Path folder) {
    TransferMonitor monitor = TransferMonitor.of(folder, progress -> {});
    var stopCalled = new CountDownLatch(1);
    var cancelled = new AtomicBoolean();
    FutureTask<Void> transfer =
        ParallelTasks.start(
            "test-transfer",
            () -> {
              await(stopCalled);
              cancelled.set(monitor.isCancelled());
            });
    Thread.currentThread().interrupt();

    Throwable failure =
        ParallelTasks.await(
            transfer,
            () -> {
              monitor.stop();
              stopCalled.countDown();
            });

    assertThat(Thread.interrupted()).isTrue();
    assertThat(failure).isNull();
    assertThat(cancelled).isTrue();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void pause(int millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
