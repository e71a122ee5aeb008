package io.numa.avatar.backend.internal.v1;

import io.numa.avatar.port.journal.Journal;
import io.numa.avatar.task.MessageId;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskMessage.Announcement;
import io.numa.avatar.time.Durations;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Numbers the rounds of tasks: a task that was worked on and is ready again is announced again.
 *
 * <p>The journal decides, so that a restart neither repeats a round nor loses one. A round is under
 * way from its acceptance, when its message waits, until the backend has its last status, when its
 * attempt is settled. A poll that began in that time says nothing of the task; one that began later
 * and shows the task as ready shows a new round. Not thread-safe.
 */
final class Rounds {
  private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(5);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

  /** Rounds that follow each other within this time have longer and longer pauses. */
  private static final Duration CALM = Duration.ofMinutes(10);

  private static final int MAX_REMEMBERED = 10_000;

  private final Journal journal;
  private final Clock clock;
  private final Map<TaskId, Announced> announced = new Recent();

  /** The newest round that this process has announced. */
  private record Announced(int round, Instant at, Duration pause) {}

  Rounds(Journal journal, Clock clock) {
    this.journal = journal;
    this.clock = clock;
  }

  /** Begins a poll. Call it before the first request. */
  Poll begin() {
    Set<TaskId> underWay = new HashSet<>();
    journal.open().forEach(attempt -> underWay.add(attempt.attempt().task()));
    journal.waiting().forEach(message -> underWay.add(message.task()));
    return new Poll(underWay);
  }

  /** The rounds as one poll shows them. */
  final class Poll {
    private final Set<TaskId> underWay;

    private Poll(Set<TaskId> underWay) {
      this.underWay = underWay;
    }

    /** The message about a task that the poll has shown as ready; empty if it is no new round. */
    Optional<Announcement> ready(TaskId task) {
      return underWay.contains(task) ? Optional.empty() : next(task);
    }
  }

  private Optional<Announcement> next(TaskId task) {
    int round = 1;
    while (journal.knows(message(task, round))) {
      round++;
    }
    return isDue(task, round) ? Optional.of(message(task, round)) : Optional.empty();
  }

  private static Announcement message(TaskId task, int round) {
    return new Announcement(new MessageId(task + "#" + round), task);
  }

  /**
   * Keeps a task from coming back without end, such as one that the backend lists but does not
   * give, or that a rule of the backend makes ready again.
   */
  private boolean isDue(TaskId task, int round) {
    Instant now = clock.instant();
    Announced last = announced.get(task);
    if (last == null) {
      announced.put(task, new Announced(round, now, SHORTEST_PAUSE));
      return true;
    }
    if (last.round() == round) {
      return true;
    }
    Duration since = Duration.between(last.at(), now);
    // A clock that was set back must not hold rounds up.
    if (!since.isNegative() && since.compareTo(last.pause()) < 0) {
      return false;
    }
    announced.put(task, new Announced(round, now, pause(last, since)));
    return true;
  }

  private static Duration pause(Announced last, Duration since) {
    return since.compareTo(CALM) > 0
        ? SHORTEST_PAUSE
        : Durations.doubled(last.pause(), 1, LONGEST_PAUSE);
  }

  private static final class Recent extends LinkedHashMap<TaskId, Announced> {
    @Override
    protected boolean removeEldestEntry(Map.Entry<TaskId, Announced> eldest) {
      return size() > MAX_REMEMBERED;
    }
  }
}
