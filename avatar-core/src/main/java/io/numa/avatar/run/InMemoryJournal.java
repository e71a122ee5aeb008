package io.numa.avatar.run;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;
import static java.util.Objects.requireNonNull;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.StatusUpdate;
import io.numa.avatar.port.journal.AgentSpending;
import io.numa.avatar.port.journal.EndedTask;
import io.numa.avatar.port.journal.FollowUp;
import io.numa.avatar.port.journal.Journal;
import io.numa.avatar.port.journal.JournaledAttempt;
import io.numa.avatar.port.journal.JournaledAttempt.Report;
import io.numa.avatar.port.journal.OpenWork;
import io.numa.avatar.port.journal.SteeringRecord;
import io.numa.avatar.port.journal.TaskDescription;
import io.numa.avatar.port.journal.TaskPage;
import io.numa.avatar.port.journal.TaskQuery;
import io.numa.avatar.port.journal.TaskRecord;
import io.numa.avatar.port.journal.WatchedChange;
import io.numa.avatar.port.money.LedgerEntry;
import io.numa.avatar.port.notice.Notice;
import io.numa.avatar.port.repository.PendingPush;
import io.numa.avatar.run.history.RememberedFollowUps;
import io.numa.avatar.run.history.RememberedLedger;
import io.numa.avatar.run.history.RememberedNotices;
import io.numa.avatar.run.history.RememberedSteering;
import io.numa.avatar.run.history.RememberedTasks;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.MessageId;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskMessage;
import io.numa.avatar.task.TaskState;
import io.numa.avatar.task.agent.SteeringMessage;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A journal that is lost when its process ends. It is for tests, and for processes that carry out
 * single tasks. It needs a few dozen bytes of memory for every message, and the last status of each
 * attempt.
 *
 * <p>Over 300 lines because it implements all parts of the port, which share its maps.
 */
public final class InMemoryJournal implements Journal {
  /** All accepted messages. Only a waiting message has its announcement as value. */
  private final Map<Key, Optional<TaskMessage.Announcement>> messages = new LinkedHashMap<>();

  private final Map<AttemptId, JournaledAttempt> attempts = new LinkedHashMap<>();

  /** Each ended attempt, as a task of that attempt alone. */
  private final Map<AttemptId, EndedTask> ended = new LinkedHashMap<>();

  /** What agents have spent on each task, by attempt, step and agent. */
  private final Map<TaskId, Map<List<Object>, AgentSpending>> spending = new LinkedHashMap<>();

  private final RememberedLedger ledger = new RememberedLedger();
  private final RememberedNotices notices = new RememberedNotices();
  private final RememberedTasks tasks = new RememberedTasks();
  private final RememberedSteering steering = new RememberedSteering();
  private final RememberedFollowUps followUps =
      new RememberedFollowUps(task -> record(task).isPresent());

  private final Set<TaskId> cancelled = new HashSet<>();
  private Optional<Instant> pausedSince = Optional.empty();
  private Optional<MessageId> last = Optional.empty();

  /** What a message is known by; unreadable messages have no task. */
  private record Key(MessageId id, Optional<TaskId> task) {
    static Key of(TaskMessage message) {
      return new Key(message.id(), announcement(message).map(TaskMessage.Announcement::task));
    }
  }

  @Override
  public boolean durable() {
    return false;
  }

  @Override
  public synchronized List<TaskMessage> accept(List<TaskMessage> shown) {
    var fresh = new ArrayList<TaskMessage>();
    for (TaskMessage message : shown) {
      if (messages.putIfAbsent(Key.of(message), announcement(message)) == null) {
        fresh.add(message);
        last = Optional.of(message.id());
      }
    }
    return fresh;
  }

  private static Optional<TaskMessage.Announcement> announcement(TaskMessage message) {
    return message instanceof TaskMessage.Announcement announcement
        ? Optional.of(announcement)
        : Optional.empty();
  }

  @Override
  public synchronized boolean knows(TaskMessage message) {
    return messages.containsKey(Key.of(message));
  }

  @Override
  public synchronized Optional<MessageId> lastMessage() {
    return last;
  }

  @Override
  public synchronized List<TaskMessage.Announcement> waiting() {
    return messages.values().stream().flatMap(Optional::stream).toList();
  }

  @Override
  public synchronized void reject(TaskMessage message, String reason) {
    messages.put(Key.of(message), Optional.empty());
    announcement(message).map(TaskMessage.Announcement::task).ifPresent(cancelled::remove);
  }

  @Override
  public synchronized void startOver() {
    messages.values().removeIf(Optional::isEmpty);
    last = Optional.empty();
  }

  @Override
  public synchronized void begin(Attempt attempt, int number) {
    attempts.remove(attempt.id());
    find(attempt.task()).ifPresent(earlier -> end(earlier.attempt().id(), Optional.empty()));
    if (number == 1) {
      spending.remove(attempt.task());
    }
    messages.replaceAll(
        (id, waiting) -> waiting.filter(message -> !message.task().equals(attempt.task())));
    attempts.put(
        attempt.id(),
        new JournaledAttempt(attempt, number, false, List.of(), Optional.empty(), false, 0));
  }

  @Override
  public void claimed(Attempt attempt) {
    change(attempt.id(), old -> old.withClaim(attempt));
  }

  @Override
  public synchronized void claimed(
      Attempt attempt, Optional<TaskDescription> task, Instant startedAt) {
    if (attempts.containsKey(attempt.id())) {
      claimed(attempt);
      tasks.claimed(attempt.task(), task, startedAt);
    }
  }

  @Override
  public void sync() {
    // Nothing survives.
  }

  @Override
  public void announce(AttemptId attempt, StatusUpdate update, long logEnd) {
    change(
        attempt,
        old -> {
          boolean known =
              old.reports().stream().anyMatch(it -> it.update().sequence() == update.sequence());
          if (old.ended() || known) {
            return old;
          }
          var reports = new ArrayList<>(old.reports());
          reports.add(new Report(update, logEnd, false));
          reports.sort(comparingInt(report -> report.update().sequence()));
          if (update.finishedAt().isPresent()) {
            tasks.ended(old.attempt().task(), update);
          }
          return old.withReports(reports);
        });
  }

  @Override
  public void committed(AttemptId attempt, PendingPush push) {
    change(attempt, old -> old.withPush(Optional.of(push), false));
  }

  @Override
  public void pushed(AttemptId attempt) {
    change(attempt, old -> old.withPush(old.push(), true));
  }

  @Override
  public void acknowledged(AttemptId attempt, long offset) {
    change(attempt, old -> old.withAcknowledged(offset));
  }

  @Override
  public void told(AttemptId attempt, int sequence) {
    change(
        attempt,
        old ->
            old.withReports(
                old.reports().stream()
                    .map(
                        report ->
                            report.update().sequence() == sequence
                                ? new Report(report.update(), report.logEnd(), true)
                                : report)
                    .toList()));
  }

  @Override
  public synchronized void settle(AttemptId attempt, Instant at) {
    Optional.ofNullable(attempts.get(attempt))
        .filter(InMemoryJournal::isDone)
        .ifPresent(done -> steering.forget(done.attempt().task()));
    Optional<TaskId> task = end(attempt, Optional.of(at));
    task.ifPresent(spending::remove);
    task.ifPresent(cancelled::remove);
  }

  private static boolean isDone(JournaledAttempt attempt) {
    return attempt.latest().filter(last -> last.state() == TaskState.DONE).isPresent();
  }

  /**
   * Ends an attempt, and returns its task; empty if there is no such attempt.
   *
   * @param at empty if another attempt follows
   */
  private Optional<TaskId> end(AttemptId attempt, Optional<Instant> at) {
    Optional<JournaledAttempt> found = Optional.ofNullable(attempts.remove(attempt));
    Optional<TaskId> task = found.map(each -> each.attempt().task());
    Instant time = at.orElse(Instant.EPOCH);
    task.ifPresent(id -> ended.put(attempt, new EndedTask(id, time, List.of(attempt))));
    found.ifPresent(each -> tasks.settled(each, at));
    return task;
  }

  @Override
  public synchronized void spent(AgentSpending more) {
    if (attempts.containsKey(more.attempt())) {
      TaskId task = attempts.get(more.attempt()).attempt().task();
      spending
          .computeIfAbsent(task, id -> new LinkedHashMap<>())
          .put(List.of(more.attempt(), more.step(), more.agent()), more);
    }
  }

  @Override
  public synchronized List<AgentSpending> spending(TaskId task) {
    return List.copyOf(spending.getOrDefault(task, Map.of()).values());
  }

  @Override
  public synchronized boolean steer(TaskId task, SteeringMessage message) {
    return steering.add(task, message);
  }

  @Override
  public synchronized void steered(TaskId task, String message, AttemptId attempt) {
    steering.delivered(task, message, attempt);
  }

  @Override
  public synchronized List<SteeringRecord> steering(TaskId task) {
    return steering.of(task);
  }

  @Override
  public synchronized void paid(LedgerEntry more) {
    ledger.add(more);
  }

  @Override
  public synchronized List<LedgerEntry> ledger(LocalDate from) {
    return ledger.from(from);
  }

  @Override
  public synchronized boolean post(Notice notice, String receiver) {
    return notices.post(notice, receiver);
  }

  @Override
  public synchronized Optional<Notice> nextNotice(String receiver) {
    return notices.next(receiver);
  }

  @Override
  public synchronized void refused(String key, String receiver) {
    notices.refused(key, receiver);
  }

  @Override
  public synchronized void delivered(String key, String receiver) {
    notices.delivered(key, receiver);
  }

  @Override
  public synchronized int forgetNotices(Instant before) {
    return notices.forget(before);
  }

  @Override
  public synchronized List<JournaledAttempt> open() {
    return List.copyOf(attempts.values());
  }

  @Override
  public Optional<JournaledAttempt> find(TaskId task) {
    return open().stream().filter(attempt -> attempt.attempt().task().equals(task)).findFirst();
  }

  @Override
  public synchronized List<EndedTask> ended(int limit) {
    return ended.values().stream()
        .collect(toMap(EndedTask::task, identity(), InMemoryJournal::joined, LinkedHashMap::new))
        .values()
        .stream()
        .filter(task -> find(task.task()).isEmpty())
        .sorted(comparing(EndedTask::at))
        .limit(limit)
        .toList();
  }

  private static EndedTask joined(EndedTask one, EndedTask other) {
    Instant at = one.at().isAfter(other.at()) ? one.at() : other.at();
    return new EndedTask(
        one.task(), at, Stream.of(one, other).flatMap(it -> it.attempts().stream()).toList());
  }

  @Override
  public synchronized void forget(EndedTask task) {
    task.attempts().forEach(ended::remove);
    tasks.forget(task.task(), task.attempts(), find(task.task()).isPresent());
    if (record(task.task()).isEmpty()) {
      steering.forget(task.task());
    }
    followUps.forget(task.task());
  }

  @Override
  public synchronized boolean has(AttemptId attempt) {
    return attempts.containsKey(attempt) || ended.containsKey(attempt);
  }

  @Override
  public synchronized TaskPage page(TaskQuery query) {
    return tasks.page(query, waitingTasks(), open());
  }

  /** The last announced one first. */
  private List<TaskId> waitingTasks() {
    var all =
        new ArrayList<>(new LinkedHashSet<>(waiting().stream().map(it -> it.task()).toList()));
    Collections.reverse(all);
    return all;
  }

  @Override
  public synchronized Optional<TaskRecord> record(TaskId task) {
    return tasks.record(task, waitingTasks(), open());
  }

  @Override
  public synchronized OpenWork openWork() {
    return RememberedTasks.openWork(waitingTasks(), open(), pausedSince);
  }

  @Override
  public synchronized void watch(WatchedChange change) {
    followUps.watch(change);
  }

  @Override
  public synchronized void unwatch(String url) {
    followUps.unwatch(url);
  }

  @Override
  public synchronized List<WatchedChange> watched() {
    return followUps.watched();
  }

  @Override
  public synchronized void note(FollowUp followUp) {
    followUps.note(followUp);
  }

  @Override
  public synchronized Optional<FollowUp> followUp(TaskId task) {
    return followUps.followUp(task);
  }

  @Override
  public synchronized List<FollowUp> followUps(String url) {
    return followUps.followUps(url);
  }

  @Override
  public synchronized void pause(Instant at) {
    pausedSince = pausedSince.or(() -> Optional.of(at.truncatedTo(ChronoUnit.MILLIS)));
  }

  @Override
  public synchronized void resume() {
    pausedSince = Optional.empty();
  }

  @Override
  public synchronized Optional<Instant> pausedSince() {
    return pausedSince;
  }

  @Override
  public synchronized void cancel(TaskId task) {
    cancelled.add(task);
  }

  @Override
  public synchronized boolean isCancelled(TaskId task) {
    return cancelled.contains(task);
  }

  @Override
  public void close() {}

  private synchronized void change(AttemptId attempt, UnaryOperator<JournaledAttempt> change) {
    attempts.computeIfPresent(attempt, (id, old) -> requireNonNull(change.apply(old)));
  }
}
