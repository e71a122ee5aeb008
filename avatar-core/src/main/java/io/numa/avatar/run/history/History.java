package io.numa.avatar.run.history;

import io.numa.avatar.metric.Metric;
import io.numa.avatar.metric.Metrics;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.journal.EndedTask;
import io.numa.avatar.port.journal.HistoryJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes ended tasks from the journal, and their logs: those whose time is over, and further ones
 * where the logs take too much space. A task that has an open attempt, and so may have undelivered
 * logs, stays. Safe for use by several threads.
 *
 * <p>A task's logs go first and its record last, so after a crash in between the next pass goes on.
 */
public final class History {
  private static final Logger log = LoggerFactory.getLogger(History.class);

  /** The time from one pass to the next. A pass looks at the size of each log. */
  private static final Duration INTERVAL = Duration.ofHours(1);

  /** The most tasks that one pass removes. */
  static final int AT_ONCE = 1000;

  private final TaskFiles files;
  private final HistoryJournal journal;
  private final Clock clock;
  private final Metrics metrics;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile HistoryLimits limits;
  private Instant nextPass = Instant.MIN;

  public History(TaskFiles files, HistoryJournal journal, HistoryLimits limits, Clock clock) {
    this(files, journal, limits, clock, Metrics.NONE);
  }

  /**
   * @param metrics are told how much space the logs take, and how much was freed
   */
  public History(
      TaskFiles files, HistoryJournal journal, HistoryLimits limits, Clock clock, Metrics metrics) {
    this.files = files;
    this.journal = journal;
    this.limits = limits;
    this.clock = clock;
    this.metrics = metrics;
  }

  /** Removes by other limits from the next pass on. */
  public void use(HistoryLimits other) {
    limits = other;
  }

  /**
   * What a pass removes.
   *
   * @param tasks how many ended tasks, with their logs, patches and records of agents
   * @param files how many files that no record names
   * @param bytes of all files together
   */
  public record Removal(int tasks, int files, long bytes) {}

  /**
   * Removes what has to go, unless the last pass was less than an hour ago. Does not fail; what
   * could not be removed is tried again in the next pass.
   */
  public void tidy() {
    if (!lock.tryLock()) {
      return; // Another thread is at it.
    }
    try {
      if (!clock.instant().isBefore(nextPass)) {
        nextPass = clock.instant().plus(INTERVAL);
        pass(AT_ONCE, new Removing());
      }
    } catch (IOException | PortException e) {
      log.warn("Could not remove old tasks: {}", e.toString());
    } finally {
      lock.unlock();
    }
  }

  /**
   * Removes all that has to go, at once. Waits for a pass of another thread.
   *
   * @throws IOException if files cannot be removed; what was removed before stays so
   * @throws PortException of kind {@code UNAVAILABLE} if the journal cannot be used
   */
  public Removal collect() throws IOException {
    lock.lock();
    try {
      return pass(Integer.MAX_VALUE, new Removing());
    } finally {
      lock.unlock();
    }
  }

  /**
   * What {@link #collect} would remove now. Changes nothing.
   *
   * @throws IOException if files cannot be read
   * @throws PortException of kind {@code UNAVAILABLE} if the journal cannot be read
   */
  public Removal preview() throws IOException {
    return pass(Integer.MAX_VALUE, new Counting());
  }

  private Removal pass(int most, Sweep sweep) throws IOException {
    HistoryLimits now = limits;
    Instant outdated = clock.instant().minus(now.keep());
    long size = files.size();
    long bytes = 0;
    int tasks = 0;
    for (EndedTask task : journal.ended(most)) {
      if (!task.at().isBefore(outdated) && size - bytes <= now.maxSize()) {
        break;
      }
      bytes += sweep.task(task);
      tasks++;
    }
    List<Path> unknown = files.unknown(outdated, journal::has);
    for (Path file : unknown) {
      bytes += sweep.file(file);
    }
    return sweep.end(new Removal(tasks, unknown.size(), bytes), size);
  }

  /** What is done to that which has to go; each method gives the bytes of its files. */
  private interface Sweep {
    long task(EndedTask task) throws IOException;

    long file(Path file) throws IOException;

    /**
     * @param before the bytes of all files before
     */
    Removal end(Removal removal, long before);
  }

  private final class Removing implements Sweep {
    @Override
    public long task(EndedTask task) throws IOException {
      long bytes = files.remove(task);
      journal.forget(task);
      return bytes;
    }

    @Override
    public long file(Path file) throws IOException {
      return files.removeUnknown(file);
    }

    @Override
    public Removal end(Removal removal, long before) {
      metrics.set(Metric.DISK_USED, (double) (before - removal.bytes()), "logs");
      metrics.add(Metric.RECLAIMED_BYTES, (double) removal.bytes());
      if (removal.tasks() > 0) {
        log.info("Removed {} ended tasks with their logs", removal.tasks());
      }
      return removal;
    }
  }

  private final class Counting implements Sweep {
    @Override
    public long task(EndedTask task) throws IOException {
      return files.size(task);
    }

    @Override
    public long file(Path file) throws IOException {
      return Files.size(file);
    }

    @Override
    public Removal end(Removal removal, long before) {
      return removal;
    }
  }
}
