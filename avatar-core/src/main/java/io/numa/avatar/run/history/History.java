package io.numa.avatar.run.history;

import io.numa.avatar.port.PortException;
import io.numa.avatar.port.journal.EndedTask;
import io.numa.avatar.port.journal.HistoryJournal;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
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
  private final HistoryLimits limits;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private Instant nextPass = Instant.MIN;

  public History(TaskFiles files, HistoryJournal journal, HistoryLimits limits, Clock clock) {
    this.files = files;
    this.journal = journal;
    this.limits = limits;
    this.clock = clock;
  }

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
        pass(clock.instant().minus(limits.keep()));
      }
    } catch (IOException | PortException e) {
      log.warn("Could not remove old tasks: {}", e.toString());
    } finally {
      lock.unlock();
    }
  }

  private void pass(Instant outdated) throws IOException {
    long size = files.size();
    List<EndedTask> ended = journal.ended(AT_ONCE);
    Iterator<EndedTask> oldest = ended.iterator();
    int removed = 0;
    while (oldest.hasNext()) {
      EndedTask task = oldest.next();
      if (!task.at().isBefore(outdated) && size <= limits.maxSize()) {
        break;
      }
      size -= files.remove(task);
      journal.forget(task);
      removed++;
    }
    files.removeUnknown(outdated, journal::has);
    if (removed > 0) {
      log.info("Removed {} ended tasks with their logs", removed);
    }
  }
}
