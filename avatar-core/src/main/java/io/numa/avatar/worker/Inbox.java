package io.numa.avatar.worker;

import io.numa.avatar.task.MessageId;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages on their way to becoming tasks: each comes in once, however often the source shows it,
 * and one whose task could not be fetched comes again later. Safe for use by several threads.
 */
final class Inbox {
  private static final Logger log = LoggerFactory.getLogger(Inbox.class);

  /** A message shown again behind so many others passes for new; its task's status still guards. */
  private static final int REMEMBERED = 100_000;

  /** Postponed messages beyond these are given up, so that memory stays bounded. */
  private static final int POSTPONED = 10_000;

  private static final Duration FIRST_DELAY = Duration.ofSeconds(5);
  private static final Duration LONGEST_DELAY = Duration.ofMinutes(5);

  /** An announced task, how often it was tried before, and when to try it. */
  record Entry(MessageId message, TaskId task, int tries, Instant due) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Set<MessageId> seen = Collections.newSetFromMap(new Remembered());
  private final Deque<Entry> arrived = new ArrayDeque<>();
  private final PriorityQueue<Entry> postponed =
      new PriorityQueue<>(Comparator.comparing(Entry::due));
  private Optional<MessageId> last = Optional.empty();
  private long setAside;

  /** Takes in what is new among {@code messages}, and says whether anything was. */
  boolean accept(List<TaskMessage> messages, Instant now) {
    lock.lock();
    try {
      boolean anyNew = false;
      for (TaskMessage message : messages) {
        if (seen.add(message.id())) {
          anyNew = true;
          accept(message, now);
        }
        last = Optional.of(message.id());
      }
      return anyNew;
    } finally {
      lock.unlock();
    }
  }

  private void accept(TaskMessage message, Instant now) {
    if (message instanceof TaskMessage.Announcement announcement) {
      arrived.add(new Entry(announcement.id(), announcement.task(), 0, now));
    } else if (message instanceof TaskMessage.Unreadable unreadable) {
      setAside(unreadable.id(), unreadable.problem());
    }
  }

  /** Gives the next entry to work on, if one is due. */
  Optional<Entry> next(Instant now) {
    lock.lock();
    try {
      Entry waiting = postponed.peek();
      if (waiting != null && !waiting.due().isAfter(now)) {
        return Optional.of(postponed.remove());
      }
      return Optional.ofNullable(arrived.poll());
    } finally {
      lock.unlock();
    }
  }

  /** When the first of the postponed entries is due. */
  Optional<Instant> nextDue() {
    lock.lock();
    try {
      return Optional.ofNullable(postponed.peek()).map(Entry::due);
    } finally {
      lock.unlock();
    }
  }

  /** The last message shown; empty before the first. */
  Optional<MessageId> last() {
    lock.lock();
    try {
      return last;
    } finally {
      lock.unlock();
    }
  }

  /** Has {@code entry} come again: after 5 s the first time, and at most 5 min. */
  void postpone(Entry entry, String reason, Instant now) {
    Duration delay = FIRST_DELAY.multipliedBy(1L << Math.min(entry.tries(), 10));
    if (delay.compareTo(LONGEST_DELAY) > 0) {
      delay = LONGEST_DELAY;
    }
    lock.lock();
    try {
      if (postponed.size() >= POSTPONED) {
        setAside(entry.message(), "too many others are waiting; " + reason);
        return;
      }
      postponed.add(new Entry(entry.message(), entry.task(), entry.tries() + 1, now.plus(delay)));
    } finally {
      lock.unlock();
    }
    log.warn("Task {} has to wait {} s: {}", entry.task(), delay.toSeconds(), reason);
  }

  /** Puts a message away for good. */
  void setAside(MessageId message, String reason) {
    lock.lock();
    try {
      setAside++;
      log.warn("Message {} is set aside ({} so far): {}", message, setAside, reason);
    } finally {
      lock.unlock();
    }
  }

  private static final class Remembered extends LinkedHashMap<MessageId, Boolean> {
    @Override
    protected boolean removeEldestEntry(Map.Entry<MessageId, Boolean> eldest) {
      return size() > REMEMBERED;
    }
  }
}
