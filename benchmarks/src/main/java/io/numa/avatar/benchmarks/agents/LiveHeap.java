package io.numa.avatar.benchmarks.agents;

import io.numa.avatar.time.Background;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/** Collects garbage again and again, and keeps the largest heap that was in use after that. */
final class LiveHeap implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(50);

  private final long before = live();
  private final Background background = new Background("heap");
  private volatile long largest = before;

  LiveHeap() {
    background.start("looks", this::look);
  }

  private void look() {
    try {
      while (true) {
        largest = Math.max(largest, live());
        Background.pause(PAUSE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static long live() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /** By how many bytes the heap in use has grown at most. */
  long growth() {
    return largest - before;
  }

  @Override
  public void close() {
    background.close();
  }
}
