package io.numa.avatar.worker;

import io.numa.avatar.port.PortException;
import io.numa.avatar.port.journal.Journal;
import io.numa.avatar.port.journal.JournaledAttempt;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.MessageId;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskMessage;
import io.numa.avatar.time.Durations;
import io.numa.avatar.time.Waiter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tasks to work on: tasks that messages announce, each once even if the source shows its
 * message often; tasks that a previous process left; and tasks to retry because they could not be
 * fetched. Safe for use by several threads.
 */
final class Inbox {
  private static final Logger log = LoggerFactory.getLogger(Inbox.class);

  /** The most delayed tasks, to bound the memory. Further ones wait until the next start. */
  private static final int MAX_DELAYED = 10_000;

  private static final Duration FIRST_DELAY = Duration.ofSeconds(5);
  private static final Duration LONGEST_DELAY = Duration.ofMinutes(5);

  /**
   * When a task is looked at again that this avatar lacks the means for, such as an agent; it may
   * need others then.
   */
  private static final Duration LEFT = Duration.ofMinutes(10);

  /** When a task is looked at again whose agent is out of work for a while, or out of money. */
  private static final Duration AGENT_AWAY = Duration.ofMinutes(1);

  /** The most reasons that are remembered as logged. A task's agent is in the reason. */
  private static final int MAX_REASONS = 100;

  private final Journal journal;
  private final Waiter waiter = new Waiter();
  private final Deque<InboxEntry> arrived = new ArrayDeque<>();
  private final PriorityQueue<InboxEntry> delayed =
      new PriorityQueue<>(Comparator.comparing(InboxEntry::due));
  private final Set<TaskMessage> known = RememberedMessages.set();
  private final Set<String> leftReasons = new HashSet<>();
  private final Rejections rejections;

  Inbox(Journal journal) {
    this.journal = journal;
    this.rejections = new Rejections(journal);
  }

  /** Since when no tasks are taken, as the journal has it. */
  Optional<Instant> pausedSince() {
    return journal.pausedSince();
  }

  /** Adds the tasks that a previous process left: the started ones, then the waiting ones. */
  synchronized void recover(Instant now) {
    open().forEach(it -> arrived.add(InboxEntry.of(it.attempt().task(), now)));
    journal.waiting().forEach(message -> arrived.add(InboxEntry.of(message, now)));
    if (!arrived.isEmpty()) {
      log.info("A previous process left {} tasks", arrived.size());
    }
  }

  /** Accepts the new ones among {@code messages}, and returns them. */
  synchronized List<TaskMessage> accept(List<TaskMessage> messages, Instant now) {
    List<TaskMessage> unknown =
        messages.stream().filter(message -> !known.contains(message)).toList();
    List<TaskMessage> fresh = unknown.isEmpty() ? unknown : journal.accept(unknown);
    known.addAll(unknown);
    fresh.forEach(message -> accept(message, now));
    return fresh;
  }

  private void accept(TaskMessage message, Instant now) {
    if (message instanceof TaskMessage.Announcement announcement) {
      arrived.add(InboxEntry.of(announcement, now));
    } else if (message instanceof TaskMessage.Unreadable unreadable) {
      rejections.reject(unreadable, unreadable.problem());
    }
  }

  /**
   * Forgets which messages were accepted, because the source counts from the start again and may
   * use their ids again.
   */
  synchronized void startOver() {
    journal.startOver();
    known.clear();
  }

  /** Returns the next entry to work on, if one is due. */
  synchronized Optional<InboxEntry> next(Instant now) {
    InboxEntry waiting = delayed.peek();
    if (waiting != null && !waiting.due().isAfter(now)) {
      return Optional.of(delayed.remove());
    }
    return Optional.ofNullable(arrived.poll());
  }

  /** Returns the next entry whose work is done, and of which the backend lacks reports only. */
  synchronized Optional<InboxEntry> nextDone(Instant now) {
    Set<TaskId> done =
        journal.open().stream()
            .filter(JournaledAttempt::ended)
            .map(attempt -> attempt.attempt().task())
            .collect(Collectors.toSet());
    Optional<InboxEntry> found =
        Stream.concat(arrived.stream(), delayed.stream().filter(entry -> !entry.due().isAfter(now)))
            .filter(entry -> done.contains(entry.task()))
            .findFirst();
    found.ifPresent(this::remove);
    return found;
  }

  /** Whether {@link #next} would return an entry. */
  synchronized boolean hasNext(Instant now) {
    InboxEntry waiting = delayed.peek();
    return !arrived.isEmpty() || (waiting != null && !waiting.due().isAfter(now));
  }

  /** How many tasks wait to be begun, without those that wait for their next try. */
  synchronized int arrived() {
    return arrived.size();
  }

  /** How many tasks wait for their next try. */
  synchronized int delayed() {
    return delayed.size();
  }

  /** Takes the entry of a task out; empty if there is none. */
  synchronized Optional<InboxEntry> take(TaskId task) {
    Optional<InboxEntry> found =
        Stream.concat(arrived.stream(), delayed.stream())
            .filter(entry -> entry.task().equals(task))
            .findFirst();
    found.ifPresent(this::remove);
    return found;
  }

  private void remove(InboxEntry entry) {
    if (!arrived.remove(entry)) {
      delayed.remove(entry);
    }
  }

  /** Adds a task that the avatar gives itself, unless it waits already. */
  synchronized void offer(TaskId task, Instant now) {
    if (!has(task)) {
      arrived.add(InboxEntry.of(task, now));
      waiter.wake();
    }
  }

  /** Whether a task waits. */
  synchronized boolean has(TaskId task) {
    return Stream.concat(arrived.stream(), delayed.stream())
        .anyMatch(entry -> entry.task().equals(task));
  }

  /** Whether the avatar has given itself the task, so that no queue knows it. */
  boolean isOwn(TaskId task) {
    return journal.followUp(task).isPresent();
  }

  /** Puts an entry first. */
  synchronized void putBack(InboxEntry entry) {
    arrived.addFirst(entry);
    waiter.wake();
  }

  /** Ends a pause. */
  void wake() {
    waiter.wake();
  }

  /** The last accepted message; empty if there is none. */
  Optional<MessageId> lastMessage() {
    return journal.lastMessage();
  }

  List<JournaledAttempt> open() {
    return journal.open();
  }

  /** The journal's unsettled attempt at the task. */
  Optional<JournaledAttempt> openAttempt(TaskId task) {
    return journal.find(task);
  }

  /** Removes an attempt from the journal whose task was not claimed. */
  void dropUnclaimed(JournaledAttempt attempt, Instant now) {
    if (!attempt.claimed()) {
      journal.settle(attempt.attempt().id(), now);
    }
  }

  /** Waits for at most {@code limit}; ends early if a task was delayed. */
  void pause(Duration limit) throws InterruptedException {
    waiter.pause(limit);
  }

  /** When the first of the delayed entries is due. */
  synchronized Optional<Instant> nextDue() {
    return Optional.ofNullable(delayed.peek()).map(InboxEntry::due);
  }

  /** The shorter of {@code limit} and the time until a delayed task is due. */
  Duration untilDue(Duration limit, Instant now) {
    Duration left = nextDue().map(due -> Duration.between(now, due)).orElse(limit);
    return left.isNegative() ? Duration.ZERO : Durations.shorter(left, limit);
  }

  /**
   * Returns {@code entry} again later: after 5 s the first time, then twice as long each time, at
   * most 5 min. Logs that once, at the first time.
   */
  synchronized void retryLater(InboxEntry entry, String reason, Instant now) {
    Duration delay = Durations.doubled(FIRST_DELAY, entry.tries(), LONGEST_DELAY);
    if (!delay(entry, entry.tries() + 1, now.plus(delay), reason)) {
      return;
    }
    if (entry.tries() == 0) {
      log.warn("Task {} is retried in {} s: {}", entry.task(), delay.toSeconds(), reason);
    } else {
      log.debug("Task {} is retried in {} s: {}", entry.task(), delay.toSeconds(), reason);
    }
  }

  /**
   * Returns {@code entry} again later. Its task stays at the backend meanwhile, where another
   * avatar may claim it. Logs each reason once.
   *
   * @param reason why this avatar cannot do the task, such as the lack of an agent
   */
  synchronized void leaveToOthers(InboxEntry entry, PortException reason, Instant now) {
    boolean passes = reason.retryable() || reason.kind() == FailureKind.AGENT_BUDGET;
    Duration delay = passes ? AGENT_AWAY : LEFT;
    if (!delay(entry, entry.tries(), now.plus(delay), reason.getMessage())) {
      return;
    }
    if (leftReasons.size() < MAX_REASONS && leftReasons.add(reason.getMessage())) {
      log.warn(
          "Task {} stays at the backend, and so do others like it: {}",
          entry.task(),
          reason.getMessage());
    } else {
      log.debug("Task {} stays at the backend: {}", entry.task(), reason.getMessage());
    }
  }

  /** Adds a delayed entry, and returns whether there was room for it. */
  private boolean delay(InboxEntry entry, int tries, Instant due, String reason) {
    if (delayed.size() >= MAX_DELAYED) {
      log.warn(
          "Task {} waits for the next start, because too many tasks are delayed: {}",
          entry.task(),
          reason);
      return false;
    }
    delayed.add(new InboxEntry(entry.message(), entry.task(), tries, due));
    waiter.wake();
    return true;
  }

  /** Records that an entry leads to no task. */
  synchronized void reject(InboxEntry entry, String reason) {
    rejections.reject(entry, reason);
  }
}
