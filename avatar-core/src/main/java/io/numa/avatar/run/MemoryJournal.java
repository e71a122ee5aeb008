package io.numa.avatar.run;

import static java.util.Comparator.comparingInt;
import static java.util.Objects.requireNonNull;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.Journal;
import io.numa.avatar.port.JournaledAttempt;
import io.numa.avatar.port.JournaledAttempt.Report;
import io.numa.avatar.port.PendingPush;
import io.numa.avatar.port.StatusUpdate;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.MessageId;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/**
 * A journal that forgets everything with its process: for tests, and for those who carry out single
 * tasks. Its memory grows by a few dozen bytes with every message.
 */
public final class MemoryJournal implements Journal {
  private final ReentrantLock lock = new ReentrantLock();

  /** All messages taken in; those still waiting as themselves, the others as nothing. */
  private final Map<MessageId, Optional<TaskMessage.Announcement>> messages = new LinkedHashMap<>();

  private final Map<AttemptId, JournaledAttempt> attempts = new LinkedHashMap<>();
  private Optional<MessageId> last = Optional.empty();

  @Override
  public boolean durable() {
    return false;
  }

  @Override
  public List<TaskMessage> accept(List<TaskMessage> shown) {
    lock.lock();
    try {
      var fresh = new ArrayList<TaskMessage>();
      for (TaskMessage message : shown) {
        if (!messages.containsKey(message.id())) {
          messages.put(message.id(), announcement(message));
          fresh.add(message);
          last = Optional.of(message.id());
        }
      }
      return fresh;
    } finally {
      lock.unlock();
    }
  }

  private static Optional<TaskMessage.Announcement> announcement(TaskMessage message) {
    return message instanceof TaskMessage.Announcement announcement
        ? Optional.of(announcement)
        : Optional.empty();
  }

  @Override
  public Optional<MessageId> lastMessage() {
    lock.lock();
    try {
      return last;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public List<TaskMessage.Announcement> waiting() {
    lock.lock();
    try {
      return messages.values().stream().flatMap(Optional::stream).toList();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void reject(MessageId message, String reason) {
    lock.lock();
    try {
      messages.put(message, Optional.empty());
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void begin(Attempt attempt, int number) {
    lock.lock();
    try {
      attempts.values().removeIf(other -> other.attempt().task().equals(attempt.task()));
      attempts.remove(attempt.id());
      messages.replaceAll(
          (id, waiting) -> waiting.filter(message -> !message.task().equals(attempt.task())));
      attempts.put(
          attempt.id(),
          new JournaledAttempt(attempt, number, false, List.of(), Optional.empty(), false, 0));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void claimed(Attempt attempt) {
    change(
        attempt.id(),
        old ->
            new JournaledAttempt(
                attempt,
                old.number(),
                true,
                old.reports(),
                old.push(),
                old.pushed(),
                old.acknowledged()));
  }

  @Override
  public void announce(AttemptId attempt, StatusUpdate update, long logEnd) {
    change(
        attempt,
        old -> {
          if (old.ended() || hasReport(old, update.sequence())) {
            return old;
          }
          var reports = new ArrayList<>(old.reports());
          reports.add(new Report(update, logEnd, false));
          reports.sort(comparingInt(report -> report.update().sequence()));
          return withReports(old, reports);
        });
  }

  @Override
  public void committed(AttemptId attempt, PendingPush push) {
    change(attempt, old -> withPush(old, Optional.of(push), false));
  }

  @Override
  public void pushed(AttemptId attempt) {
    change(attempt, old -> withPush(old, old.push(), true));
  }

  @Override
  public void acknowledged(AttemptId attempt, long offset) {
    change(
        attempt,
        old ->
            new JournaledAttempt(
                old.attempt(),
                old.number(),
                old.claimed(),
                old.reports(),
                old.push(),
                old.pushed(),
                offset));
  }

  @Override
  public void told(AttemptId attempt, int sequence) {
    change(
        attempt,
        old ->
            withReports(
                old,
                old.reports().stream()
                    .map(
                        report ->
                            report.update().sequence() == sequence
                                ? new Report(report.update(), report.logEnd(), true)
                                : report)
                    .toList()));
  }

  @Override
  public void settle(AttemptId attempt) {
    lock.lock();
    try {
      attempts.remove(attempt);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public List<JournaledAttempt> open() {
    lock.lock();
    try {
      return List.copyOf(attempts.values());
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Optional<JournaledAttempt> find(TaskId task) {
    return open().stream().filter(attempt -> attempt.attempt().task().equals(task)).findFirst();
  }

  @Override
  public void close() {}

  private void change(AttemptId attempt, UnaryOperator<JournaledAttempt> change) {
    lock.lock();
    try {
      attempts.computeIfPresent(attempt, (id, old) -> requireNonNull(change.apply(old)));
    } finally {
      lock.unlock();
    }
  }

  private static boolean hasReport(JournaledAttempt attempt, int sequence) {
    return attempt.reports().stream().anyMatch(report -> report.update().sequence() == sequence);
  }

  private static JournaledAttempt withReports(JournaledAttempt old, List<Report> reports) {
    return new JournaledAttempt(
        old.attempt(),
        old.number(),
        old.claimed(),
        reports,
        old.push(),
        old.pushed(),
        old.acknowledged());
  }

  private static JournaledAttempt withPush(
      JournaledAttempt old, Optional<PendingPush> push, boolean pushed) {
    return new JournaledAttempt(
        old.attempt(),
        old.number(),
        old.claimed(),
        old.reports(),
        push,
        pushed,
        old.acknowledged());
  }
}
