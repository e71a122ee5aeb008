package io.numa.avatar.worker;

import io.numa.avatar.port.journal.JournaledAttempt;
import io.numa.avatar.queue.HeldTask;
import io.numa.avatar.queue.HeldTasks;
import io.numa.avatar.task.MessageId;
import io.numa.avatar.task.TaskMessage;
import io.numa.avatar.time.Durations;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Takes one task after the other from a queue, each only when there is a slot for it. Used by the
 * polling thread, except {@link #use}.
 */
final class QueueIntake implements Intake {
  /** How often a route that is closed is looked at again. */
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

  private volatile WorkerSettings settings;
  private final QueueSettings rules;
  private final HeldTasks tasks;
  private final Predicate<String> open;
  private final WorkerParts parts;
  private final Clock clock;

  /**
   * @param open whether this avatar can carry out a task of a route now
   */
  QueueIntake(
      WorkerSettings settings,
      QueueSettings rules,
      HeldTasks tasks,
      Predicate<String> open,
      WorkerParts parts) {
    this.settings = settings;
    this.rules = rules;
    this.tasks = tasks;
    this.open = open;
    this.parts = parts;
    this.clock = parts.watch().clock();
  }

  @Override
  public void use(WorkerSettings other) {
    settings = other;
  }

  /** An attempt that was not claimed has done nothing: the queue delivers its task again. */
  @Override
  public void recover(Instant now) {
    Inbox inbox = parts.inbox();
    inbox.open().forEach(attempt -> inbox.dropUnclaimed(attempt, now));
    inbox.open().stream()
        .filter(attempt -> !inbox.isOwn(attempt.attempt().task()))
        .forEach(this::resume);
    inbox.recover(now);
  }

  private void resume(JournaledAttempt attempt) {
    HeldTask task = tasks.resume(attempt.attempt().task());
    if (attempt.ended()) {
      task.keep(attempt.attempt());
    }
  }

  @Override
  public void poll() throws InterruptedException {
    parts.watch().idle();
    parts.dispatcher().awaitSlot();
    parts.watch().busy();
    Set<String> routes = rules.routes().stream().filter(open).collect(Collectors.toSet());
    Duration wait = parts.inbox().untilDue(longest(routes), clock.instant());
    parts.control().polls();
    if (routes.isEmpty()) {
      parts.inbox().pause(wait);
    } else {
      take(routes, wait);
    }
  }

  private Duration longest(Set<String> routes) {
    Duration wait = settings.pollWait();
    boolean all = routes.size() == rules.routes().size();
    return all ? wait : Durations.shorter(wait, LOOK_AGAIN);
  }

  private void take(Set<String> routes, Duration wait) throws InterruptedException {
    Optional<HeldTask> task = parts.watch().noted(() -> tasks.take(routes, wait));
    // The next report of an attempt that goes on claims the new delivery.
    if (task.isPresent() && !parts.dispatcher().isInFlight(task.get().id())) {
      begin(task.get());
    }
  }

  private void begin(HeldTask task) throws InterruptedException {
    boolean decided = false;
    try {
      decide(task);
      decided = true;
    } catch (InterruptedException e) {
      task.giveBack();
      decided = true;
      throw e;
    } finally {
      if (!decided) {
        task.letGo();
      }
    }
  }

  private void decide(HeldTask task) throws InterruptedException {
    int claims = task.claims();
    boolean begun = parts.dispatcher().isBegun(task.id());
    if (parts.control().pausedSince().isPresent() || !parts.control().running()) {
      task.giveBack();
    } else if (!begun && claims == 0 && isExpired(task)) {
      task.bury("expired: it waited longer than " + Durations.text(rules.expireAfter()));
    } else if (!begun && claims >= rules.maxClaims()) {
      task.bury("it was claimed " + times(claims) + ", and did not end");
    } else {
      var message =
          new TaskMessage.Announcement(
              new MessageId(task.id().value()), task.id(), task.publishedAt());
      parts.watch().idle();
      parts.dispatcher().begin(() -> Optional.of(InboxEntry.of(message, clock.instant())));
    }
  }

  private static String times(int count) {
    return count == 1 ? "once" : count + " times";
  }

  private boolean isExpired(HeldTask task) {
    return !rules.expireAfter().isZero()
        && task.publishedAt()
            .filter(since -> since.plus(rules.expireAfter()).isBefore(clock.instant()))
            .isPresent();
  }

  @Override
  public void failed(RuntimeException failure) {
    // The next poll asks the engine anew.
  }
}
