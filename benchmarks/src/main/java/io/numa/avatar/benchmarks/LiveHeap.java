package io.numa.avatar.benchmarks;

import com.sun.management.GarbageCollectorMXBean;
import com.sun.management.GcInfo;
import io.numa.avatar.time.Background;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Collects garbage again and again, and keeps the largest heap that was in use right after that.
 * The serial collector leaves some garbage, unless it runs with {@code -XX:MarkSweepDeadRatio=0
 * -XX:MarkSweepAlwaysCompactCount=1}.
 */
public final class LiveHeap implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(50);

  private final long before = live();
  private final Background background = new Background("heap");
  private volatile long largest = before;

  public LiveHeap() {
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
    return ManagementFactory.getPlatformMXBeans(GarbageCollectorMXBean.class).stream()
        .flatMap(collector -> Stream.ofNullable(collector.getLastGcInfo()))
        .max(Comparator.comparingLong(GcInfo::getEndTime))
        .map(last -> HeapWatch.used(last.getMemoryUsageAfterGc()))
        .orElseThrow();
  }

  /** By how many bytes the heap in use has grown at most. */
  public long growth() {
    return largest - before;
  }

  @Override
  public void close() {
    background.close();
  }
}
