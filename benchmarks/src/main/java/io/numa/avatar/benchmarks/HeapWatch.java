package io.numa.avatar.benchmarks;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import javax.management.ListenerNotFoundException;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;

/**
 * Measures how much of this process's heap is in use, from construction to {@link #close}. The heap
 * is fullest when a garbage collection begins.
 */
public final class HeapWatch implements AutoCloseable {
  private static final Set<String> POOLS =
      ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(pool -> pool.getType() == MemoryType.HEAP)
          .map(MemoryPoolMXBean::getName)
          .collect(Collectors.toSet());

  private final AtomicLong before = new AtomicLong();
  private final AtomicLong after = new AtomicLong();
  private final NotificationListener listener = (notification, handback) -> note(notification);

  public HeapWatch() {
    emitters().forEach(emitter -> emitter.addNotificationListener(listener, null, null));
  }

  private static List<NotificationEmitter> emitters() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .filter(NotificationEmitter.class::isInstance)
        .map(NotificationEmitter.class::cast)
        .toList();
  }

  private void note(Notification notification) {
    if (notification
        .getType()
        .equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)) {
      var collection =
          GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData())
              .getGcInfo();
      before.accumulateAndGet(used(collection.getMemoryUsageBeforeGc()), Math::max);
      after.accumulateAndGet(used(collection.getMemoryUsageAfterGc()), Math::max);
    }
  }

  static long used(Map<String, MemoryUsage> pools) {
    return pools.entrySet().stream()
        .filter(pool -> POOLS.contains(pool.getKey()))
        .mapToLong(pool -> pool.getValue().getUsed())
        .sum();
  }

  /** The largest heap in use, garbage included, in bytes. */
  public long peak() {
    return Math.max(
        before.get(), ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
  }

  /**
   * The largest heap in use after a garbage collection, in bytes; zero if there was no collection.
   */
  public long peakAfterCollection() {
    return after.get();
  }

  @Override
  public void close() {
    for (NotificationEmitter emitter : emitters()) {
      try {
        emitter.removeNotificationListener(listener);
      } catch (ListenerNotFoundException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
