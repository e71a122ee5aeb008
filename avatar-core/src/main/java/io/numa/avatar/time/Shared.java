package io.numa.avatar.time;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Values that many ask for at the same time. Each is made once, and given to all until something
 * changes, or until it has become old: what watchers cost does not grow with their number. Safe for
 * use by several threads.
 *
 * @param <K> what is asked for
 */
public final class Shared<K, V> {
  private final int most;
  private final long age;
  private final LongSupplier changes;
  private final TimeSource time;
  private final Map<K, Entry<V>> entries = new LinkedHashMap<>();

  private record Entry<V>(long change, long since, FutureTask<V> value) {}

  /**
   * @param most how many values are kept; the ones asked for last stay
   * @param age how long a value holds if nothing changes
   * @param changes counts the changes after which no value holds
   */
  public Shared(int most, Duration age, LongSupplier changes) {
    this(most, age, changes, TimeSource.SYSTEM);
  }

  Shared(int most, Duration age, LongSupplier changes, TimeSource time) {
    this.most = most;
    this.age = age.toNanos();
    this.changes = changes;
    this.time = time;
  }

  /**
   * The value for {@code key}, which is of a moment after the last change. Waits for another thread
   * that is about to make it.
   *
   * @param maker its exceptions come out of this method, in each thread that waits for the value
   * @throws IllegalStateException if the thread is interrupted meanwhile; it stays interrupted
   */
  public V get(K key, Supplier<V> maker) {
    Entry<V> entry = entry(key, maker);
    entry.value.run();
    try {
      return entry.value.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while another thread made the value", e);
    } catch (ExecutionException e) {
      forget(key, entry);
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private synchronized void forget(K key, Entry<V> failed) {
    entries.remove(key, failed);
  }

  private synchronized Entry<V> entry(K key, Supplier<V> maker) {
    long change = changes.getAsLong();
    long now = time.nanoTime();
    @Nullable Entry<V> known = entries.remove(key);
    Entry<V> entry =
        known != null && known.change == change && now - known.since < age
            ? known
            : new Entry<>(change, now, new FutureTask<>(maker::get));
    entries.put(key, entry);
    if (entries.size() > most) {
      entries.remove(entries.keySet().iterator().next());
    }
    return entry;
  }
}
