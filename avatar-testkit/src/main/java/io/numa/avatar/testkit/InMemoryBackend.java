package io.numa.avatar.testkit;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.Lease;
import io.numa.avatar.port.LogChunk;
import io.numa.avatar.port.MessageSource;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.StatusReporter;
import io.numa.avatar.port.StatusUpdate;
import io.numa.avatar.port.TaskSource;
import io.numa.avatar.task.Application;
import io.numa.avatar.task.ApplicationId;
import io.numa.avatar.task.AvatarId;
import io.numa.avatar.task.MessageId;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskMessage;
import io.numa.avatar.task.TaskState;
import io.numa.avatar.task.TopicId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A backend without a network. It has the tasks that a test adds, and the reports about them. Its
 * topic "tasks" exists from the start. Safe for use by several threads.
 *
 * <p>It waits with the answer of a poll until a new message arrives, gives a task to one avatar
 * only, and drops repeated reports; {@link #plain()} turns all this off. As a {@link
 * StatusReporter}, it treats its caller as {@link #DEFAULT_AVATAR}; {@link #reporter} is for other
 * avatars.
 */
public final class InMemoryBackend implements MessageSource, TaskSource, StatusReporter {
  public static final AvatarId DEFAULT_AVATAR = new AvatarId("avatar_001");

  private final Monitor monitor = new Monitor();
  private final ElapsedTime time = new ElapsedTime();
  private final InMemoryTopics topics = new InMemoryTopics();
  private final InMemoryTasks tasks = new InMemoryTasks(time);
  private final CallScript script = new CallScript();
  private boolean rich = true;
  private Optional<Duration> lease = Optional.empty();

  /** A method of the ports. */
  public enum Call {
    TOPIC,
    POLL,
    TASK,
    APPLICATION,
    REPORT,
    RENEW,
    APPEND
  }

  /** A report about a task. */
  public sealed interface Event {
    /** An accepted status. */
    record Reported(AvatarId avatar, Attempt attempt, StatusUpdate update) implements Event {}

    /** An accepted piece of log. */
    record Logged(Attempt attempt, LogChunk chunk) implements Event {}
  }

  /** Makes it return all messages at every poll, without waiting, and accept every report. */
  public InMemoryBackend plain() {
    return change(() -> rich = false);
  }

  /**
   * Makes it grant leases with claims. A lease ends unless the attempt reports again in time that
   * it is in progress.
   */
  public InMemoryBackend withLease(Duration duration) {
    return change(() -> lease = Optional.of(duration));
  }

  /** Moves the time of the granted leases ahead by {@code duration}. */
  public InMemoryBackend pass(Duration duration) {
    return change(() -> time.pass(duration));
  }

  public InMemoryBackend addTopic(String name) {
    return change(() -> topics.add(name));
  }

  public InMemoryBackend addApplication(Application application) {
    return change(() -> tasks.add(application));
  }

  /** Adds or replaces a task; its state changes as reports come in. */
  public InMemoryBackend addTask(Task task) {
    return change(() -> tasks.add(task));
  }

  /** Adds a task with these errors, which cannot be worked on. */
  public InMemoryBackend addUnfitTask(TaskId id, TaskState state, String... problems) {
    return change(() -> tasks.addUnfit(id, state, List.of(problems)));
  }

  /** Puts a message about the task into the topic named "tasks"; the task need not exist. */
  public MessageId announce(TaskId task) {
    return put(id -> new TaskMessage.Announcement(id, task));
  }

  /** Puts an unreadable message into the topic named "tasks". */
  public MessageId announceUnreadably(String problem) {
    return put(id -> new TaskMessage.Unreadable(id, problem));
  }

  /** Cancels the task as a person would. */
  public InMemoryBackend cancel(TaskId task) {
    return change(() -> tasks.ledger(task).cancel());
  }

  /** Lets another avatar take the task from its holder. */
  public InMemoryBackend giveTo(AvatarId avatar, TaskId task) {
    return change(() -> tasks.ledger(task).claim(avatar, Attempt.of(task), Optional.empty()));
  }

  /** Makes the next {@code call} fail for which no failure is planned yet. */
  public InMemoryBackend failNext(Call call, PortException failure) {
    return change(() -> script.failNext(call, failure));
  }

  /** Makes every {@code call} fail, until {@link #recover}. */
  public InMemoryBackend failAlways(Call call, PortException failure) {
    return change(() -> script.failAlways(call, failure));
  }

  /** Forgets all planned failures. */
  public InMemoryBackend recover() {
    return change(script::recover);
  }

  /** The reports about the task, in order. */
  public List<Event> events(TaskId task) {
    return monitor.read(() -> tasks.ledger(task).events());
  }

  /** The updates among {@link #events}. */
  public List<StatusUpdate> updates(TaskId task) {
    return events(task).stream()
        .filter(Event.Reported.class::isInstance)
        .map(event -> ((Event.Reported) event).update())
        .toList();
  }

  /** The reported states, in order. */
  public List<TaskState> states(TaskId task) {
    return updates(task).stream().map(StatusUpdate::state).toList();
  }

  /** The task's log, of all attempts. */
  public String log(TaskId task) {
    var log = new StringBuilder();
    for (Event event : events(task)) {
      if (event instanceof Event.Logged logged) {
        log.append(logged.chunk().text());
      }
    }
    return log.toString();
  }

  /** How often {@code call} was called, including failed calls. */
  public int calls(Call call) {
    return monitor.read(() -> script.calls(call));
  }

  /** Waits until a report says that the task is in {@code state}. */
  public void awaitState(TaskId task, TaskState state, Duration limit)
      throws InterruptedException, TimeoutException {
    monitor.require(
        "task " + task + " to be " + state,
        () -> tasks.ledger(task).events().stream().anyMatch(event -> isReport(event, state)),
        limit);
  }

  /** Waits until {@code call} was called at least {@code count} times. */
  public void awaitCalls(int count, Call call, Duration limit)
      throws InterruptedException, TimeoutException {
    monitor.require(count + " calls of " + call, () -> script.calls(call) >= count, limit);
  }

  /** A reporter that reports as {@code avatar}. */
  public StatusReporter reporter(AvatarId avatar) {
    return new StatusReporter() {
      @Override
      public Optional<Lease> report(Attempt attempt, StatusUpdate update)
          throws InterruptedException {
        return called(Call.REPORT, () -> accept(avatar, attempt, update));
      }

      @Override
      public Optional<Lease> renew(Attempt attempt, StatusUpdate lastSent, long count)
          throws InterruptedException {
        return called(Call.RENEW, () -> accept(avatar, attempt, lastSent));
      }

      @Override
      public void append(Attempt attempt, LogChunk chunk) throws InterruptedException {
        called(
            Call.APPEND,
            () -> {
              tasks.known(attempt.task(), "send the log of task").append(attempt, chunk, rich);
              return true;
            });
      }
    };
  }

  @Override
  public Optional<Lease> report(Attempt attempt, StatusUpdate update) throws InterruptedException {
    return reporter(DEFAULT_AVATAR).report(attempt, update);
  }

  @Override
  public Optional<Lease> renew(Attempt attempt, StatusUpdate lastSent, long count)
      throws InterruptedException {
    return reporter(DEFAULT_AVATAR).renew(attempt, lastSent, count);
  }

  @Override
  public void append(Attempt attempt, LogChunk chunk) throws InterruptedException {
    reporter(DEFAULT_AVATAR).append(attempt, chunk);
  }

  @Override
  public TopicId topic(String name) throws InterruptedException {
    return called(Call.TOPIC, () -> topics.find(name));
  }

  @Override
  public List<TaskMessage> poll(TopicId topic, Optional<MessageId> after, Duration wait)
      throws InterruptedException {
    called(Call.POLL, () -> true);
    return monitor.readAfter(
        () -> !rich || !topics.after(topic, after).isEmpty(),
        wait,
        () -> topics.after(topic, rich ? after : Optional.empty()));
  }

  @Override
  public Task task(TaskId id) throws InterruptedException {
    return called(Call.TASK, () -> tasks.task(id));
  }

  @Override
  public Application application(ApplicationId id) throws InterruptedException {
    return called(Call.APPLICATION, () -> tasks.application(id));
  }

  private Optional<Lease> accept(AvatarId avatar, Attempt attempt, StatusUpdate update) {
    InMemoryTaskLedger ledger = tasks.known(attempt.task(), "report the status of task");
    if (rich) {
      return ledger.accept(avatar, attempt, update, lease);
    }
    ledger.report(avatar, attempt, update);
    return Optional.empty();
  }

  private MessageId put(Function<MessageId, TaskMessage> message) {
    return monitor.change(() -> topics.put(message));
  }

  private static boolean isReport(Event event, TaskState state) {
    return event instanceof Event.Reported reported && reported.update().state() == state;
  }

  /** Counts a call, and either fails as planned or does the work. */
  private <T> T called(Call call, Supplier<T> work) throws InterruptedException {
    return monitor.changeInterruptibly(
        () -> {
          script.call(call);
          return work.get();
        });
  }

  private InMemoryBackend change(Runnable change) {
    return monitor.change(
        () -> {
          change.run();
          return this;
        });
  }
}
