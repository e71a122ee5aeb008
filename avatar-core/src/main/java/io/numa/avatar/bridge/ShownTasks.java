package io.numa.avatar.bridge;

import io.numa.avatar.task.MessageId;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskMessage;
import io.numa.avatar.task.TaskState;
import io.numa.avatar.time.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tasks that polls have shown, and when to look at each of them again: at once if the polls
 * show a change, else after longer and longer times. Not thread-safe.
 */
final class ShownTasks {
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  /** For a task that has ended; a backend may go on to show it. */
  private static final Duration LONGEST_PAUSE_AFTER_END = Duration.ofMinutes(10);

  private final Duration shortestPause;
  private final Map<TaskId, Shown> tasks = new LinkedHashMap<>();

  ShownTasks(Duration shortestPause) {
    this.shortestPause = shortestPause;
  }

  private record Shown(
      MessageId message, boolean isShown, TaskState state, Duration pause, Instant due) {
    Shown dueAt(Instant time) {
      return new Shown(message, isShown, state, pause, time);
    }
  }

  /**
   * Takes the messages of a poll, and returns whether there was a new one.
   *
   * @param all whether the poll has shown all that there is
   */
  boolean take(Collection<TaskMessage.Announcement> messages, boolean all, Instant now) {
    boolean fresh = false;
    Set<TaskId> shown = new HashSet<>();
    for (TaskMessage.Announcement message : messages) {
      shown.add(message.task());
      Shown news = news(message, now);
      fresh |= tasks.merge(message.task(), news, ShownTasks::newer).equals(news);
    }
    if (all) {
      tasks.replaceAll((task, old) -> shown.contains(task) ? old : hidden(old, now));
    }
    return fresh;
  }

  private Shown news(TaskMessage.Announcement message, Instant now) {
    return new Shown(message.id(), true, TaskState.UNKNOWN, shortestPause, now);
  }

  private static Shown newer(Shown old, Shown news) {
    return old.isShown() && old.message().equals(news.message()) ? old : news;
  }

  private Shown hidden(Shown old, Instant now) {
    return old.isShown() ? new Shown(old.message(), false, old.state(), shortestPause, now) : old;
  }

  /** The tasks to look at now. */
  List<TaskId> due(Instant now) {
    return tasks.entrySet().stream()
        .filter(task -> !task.getValue().due().isAfter(now))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** How long there is no task to look at, at most {@code limit}. */
  Duration untilDue(Duration limit, Instant now) {
    Duration left =
        tasks.values().stream()
            .map(task -> Duration.between(now, task.due()))
            .reduce(limit, Durations::shorter);
    return Durations.longer(left, Duration.ZERO);
  }

  /** Notes the state that a look at the task has shown. */
  void looked(TaskId task, TaskState state, Instant now) {
    tasks.computeIfPresent(task, (id, old) -> after(old, state, now));
  }

  private @Nullable Shown after(Shown old, TaskState state, Instant now) {
    boolean isOver = state.isOver();
    if (isOver && !old.isShown()) {
      return null; // so that it is forgotten
    }
    Duration longest = isOver ? LONGEST_PAUSE_AFTER_END : LONGEST_PAUSE;
    Duration pause =
        state == old.state()
            ? Durations.doubled(old.pause(), 1, longest)
            : Durations.shorter(shortestPause, longest);
    return new Shown(old.message(), old.isShown(), state, pause, now.plus(pause));
  }

  /** Postpones the next look at a task that could not be looked at. */
  void failed(TaskId task, Instant now) {
    tasks.computeIfPresent(task, (id, old) -> old.dueAt(now.plus(shortestPause)));
  }
}
