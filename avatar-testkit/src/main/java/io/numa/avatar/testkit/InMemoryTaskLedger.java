package io.numa.avatar.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.Lease;
import io.numa.avatar.port.LogChunk;
import io.numa.avatar.port.StatusUpdate;
import io.numa.avatar.port.TaskTakenException;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.AvatarId;
import io.numa.avatar.task.TaskState;
import io.numa.avatar.testkit.InMemoryBackend.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** The reports that a backend has about one task. Guarded by the backend's lock. */
final class InMemoryTaskLedger {
  private final List<Event> events = new ArrayList<>();
  private final Map<AttemptId, Long> logEnds = new HashMap<>();
  private final TaskHold hold;
  private TaskState state;
  private boolean cancelled;

  InMemoryTaskLedger(TaskState state, LongSupplier nanoTime) {
    this.state = state;
    this.hold = new TaskHold(nanoTime);
  }

  TaskState state() {
    return cancelled ? TaskState.CANCELLED : state;
  }

  List<Event> events() {
    return List.copyOf(events);
  }

  void cancel() {
    cancelled = true;
  }

  void claim(AvatarId avatar, Attempt attempt, Optional<Duration> lease) {
    hold.claim(avatar.value(), attempt.id().toString(), lease);
  }

  /**
   * Accepts a report once, and claims the task if the report says that it is in progress.
   *
   * @param granted how long the lease of a claim lasts; empty if it does not end
   * @throws TaskTakenException if another avatar or attempt has the task
   */
  Optional<Lease> accept(
      AvatarId avatar, Attempt attempt, StatusUpdate update, Optional<Duration> granted) {
    if (hold.isHeldByOther(avatar.value()) || isFenced(attempt)) {
      throw new TaskTakenException(
          "could not report the status of task " + attempt.task() + ": another avatar holds it");
    }
    boolean claims = update.state() == TaskState.IN_PROGRESS;
    if (claims) {
      claim(avatar, attempt, granted);
    } else {
      hold.settle();
    }
    if (!has(attempt, update)) {
      report(avatar, attempt, update);
    }
    return claims
        ? granted.map(duration -> new Lease(duration, Optional.of(hold.epoch())))
        : Optional.empty();
  }

  private boolean has(Attempt attempt, StatusUpdate update) {
    return events.stream()
        .anyMatch(
            event ->
                event instanceof Event.Reported reported
                    && reported.attempt().id().equals(attempt.id())
                    && reported.update().sequence() == update.sequence());
  }

  void report(AvatarId avatar, Attempt attempt, StatusUpdate update) {
    events.add(new Event.Reported(avatar, attempt, update));
    state = update.state();
  }

  /**
   * Accepts a piece of log.
   *
   * @param rich whether to drop known text, and to refuse gaps and other attempts
   */
  void append(Attempt attempt, LogChunk chunk, boolean rich) {
    if (!rich) {
      events.add(new Event.Logged(attempt, chunk));
      return;
    }
    if (isFenced(attempt)) {
      throw new TaskTakenException(
          "could not send the log of task " + attempt.task() + ": another avatar holds it");
    }
    long end = logEnds.getOrDefault(attempt.id(), 0L);
    if (chunk.offset() > end) {
      throw new IllegalStateException(
          "the log has a gap: it ends at " + end + ", and " + chunk.offset() + " was sent");
    }
    if (chunk.end() > end) {
      events.add(new Event.Logged(attempt, fresh(chunk, end)));
      logEnds.put(attempt.id(), chunk.end());
    }
  }

  private static LogChunk fresh(LogChunk chunk, long end) {
    byte[] bytes = chunk.text().getBytes(UTF_8);
    int known = (int) (end - chunk.offset());
    return new LogChunk(end, new String(bytes, known, bytes.length - known, UTF_8));
  }

  private boolean isFenced(Attempt attempt) {
    return hold.isFenced(attempt.lease().flatMap(Lease::epoch));
  }
}
