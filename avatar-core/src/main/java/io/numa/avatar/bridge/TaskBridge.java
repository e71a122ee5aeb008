package io.numa.avatar.bridge;

import io.numa.avatar.port.MessageSource;
import io.numa.avatar.port.NotFoundException;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.TaskSource;
import io.numa.avatar.port.UnauthorizedException;
import io.numa.avatar.port.queue.BridgedQueue;
import io.numa.avatar.run.text.OutageNotice;
import io.numa.avatar.task.MessageId;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskMessage;
import io.numa.avatar.task.TopicId;
import io.numa.avatar.time.Backoff;
import io.numa.avatar.time.Durations;
import io.numa.avatar.time.Interrupts;
import io.numa.avatar.time.Waiter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls a backend, and publishes each of its tasks to a queue once for each time that it becomes
 * ready. Any number of bridges can work for one backend. One thread calls {@link #run}; {@link
 * #stop} may be called by any thread.
 */
public final class TaskBridge {
  private static final Logger log = LoggerFactory.getLogger(TaskBridge.class);

  private static final Duration LONGEST_BACKOFF = Duration.ofMinutes(1);

  /** How often all messages are asked for, where most polls show new ones only. */
  private static final Duration SHOW_ALL_EVERY = Duration.ofMinutes(1);

  private final BridgeSettings settings;
  private final MessageSource source;
  private final RoundPublisher publisher;
  private final Clock clock;
  private final ShownTasks shown;
  private final Set<MessageId> unreadable = new HashSet<>();
  private final Waiter waiter = new Waiter();
  private final OutageNotice notice = new OutageNotice(log, "bridging");
  private final Backoff backoff = new Backoff(Duration.ofSeconds(1), LONGEST_BACKOFF);
  private final Object pollLock = new Object();
  private Optional<Thread> polling = Optional.empty();
  private volatile boolean stopped;
  private Optional<TopicId> topic = Optional.empty();
  private Optional<MessageId> last = Optional.empty();
  private Instant nextWhole = Instant.MIN;

  public TaskBridge(
      BridgeSettings settings,
      MessageSource source,
      TaskSource tasks,
      BridgedQueue queue,
      Clock clock) {
    this.settings = settings;
    this.source = source;
    this.publisher = new RoundPublisher(tasks, queue, clock);
    this.clock = clock;
    this.shown = new ShownTasks(settings.interval());
  }

  /** Ends {@link #run} after the task that it looks at; a poll, which may take long, at once. */
  public void stop() {
    synchronized (pollLock) {
      stopped = true;
      polling.ifPresent(Thread::interrupt);
    }
    waiter.wake();
  }

  /**
   * Publishes tasks until it is stopped. Outages of backend and queue end nothing: it tries again.
   *
   * @throws UnauthorizedException if backend or queue refused our credentials
   */
  public void run() throws InterruptedException {
    while (!stopped) {
      try {
        poll();
        backoff.reset();
        notice.succeeded();
      } catch (UnauthorizedException e) {
        throw e;
      } catch (PortException e) {
        failed(e);
      }
    }
  }

  private void failed(PortException failure) throws InterruptedException {
    topic = failure instanceof NotFoundException ? Optional.empty() : topic;
    nextWhole = Instant.MIN;
    Duration pause = backoff.next();
    notice.failed(failure, pause);
    waiter.pause(pause);
  }

  private void poll() throws InterruptedException {
    if (topic.isEmpty()) {
      topic = Optional.of(source.topic(settings.topic()));
      log.info("Bridging topic '{}'", settings.topic());
    }
    Instant start = clock.instant();
    boolean whole = !source.ordersMessages() || last.isEmpty() || !start.isBefore(nextWhole);
    Duration wait = whole ? Duration.ZERO : shown.untilDue(settings.hold(), start);
    boolean fresh = take(messages(whole ? Optional.empty() : last, wait), whole);
    lookAtDueTasks();
    if (!fresh || !source.ordersMessages()) {
      rest(start);
    }
  }

  private List<TaskMessage> messages(Optional<MessageId> after, Duration wait)
      throws InterruptedException {
    synchronized (pollLock) {
      if (stopped) {
        return List.of();
      }
      polling = Optional.of(Thread.currentThread());
    }
    try {
      return source.poll(topic.orElseThrow(), after, wait);
    } catch (InterruptedException e) {
      if (!stopped) {
        throw e;
      }
      return List.of();
    } finally {
      synchronized (pollLock) {
        polling = Optional.empty();
        if (stopped) {
          Interrupts.take();
        }
      }
    }
  }

  /** Returns whether there was a new message. */
  private boolean take(List<TaskMessage> messages, boolean whole) {
    Instant now = clock.instant();
    List<TaskMessage.Announcement> announcements = new ArrayList<>();
    for (TaskMessage message : messages) {
      if (message instanceof TaskMessage.Announcement announcement) {
        announcements.add(announcement);
      } else if (message instanceof TaskMessage.Unreadable other && unreadable.add(other.id())) {
        log.warn("Message {} leads to no task: {}", other.id(), other.problem());
      }
      last = Optional.of(message.id());
    }
    nextWhole = whole ? now.plus(SHOW_ALL_EVERY) : nextWhole;
    return shown.take(announcements, whole, now);
  }

  private void lookAtDueTasks() throws InterruptedException {
    for (TaskId task : shown.due(clock.instant())) {
      if (!stopped) {
        look(task);
      }
    }
  }

  /** A failure that may concern this task alone must not hold up the others. */
  private void look(TaskId task) throws InterruptedException {
    try {
      shown.looked(task, publisher.look(task), clock.instant());
    } catch (UnauthorizedException e) {
      throw e;
    } catch (PortException e) {
      shown.failed(task, clock.instant());
      if (e.retryable()) {
        throw e;
      }
      log.warn("Task {} was not published: {}", task, e.getMessage());
    }
  }

  /** A source without an order reads all it has, so the pause is at least as long as a poll. */
  private void rest(Instant start) throws InterruptedException {
    Instant now = clock.instant();
    Duration taken = Duration.between(start, now);
    Duration rest = settings.interval().minus(taken);
    Duration least = source.ordersMessages() ? Duration.ZERO : taken;
    Duration pause = Durations.longer(rest, least);
    if (!stopped && pause.compareTo(Duration.ZERO) > 0) {
      waiter.pause(pause);
    }
  }
}
