package io.numa.avatar.run.agent;

import io.numa.avatar.port.PortException;
import io.numa.avatar.port.journal.AgentSpending;
import io.numa.avatar.port.journal.SpendingJournal;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.agent.AgentReport;
import io.numa.avatar.task.agent.AgentUsage;
import io.numa.avatar.task.agent.SteeringReport;
import io.numa.avatar.time.Background;
import io.numa.avatar.time.TimeSource;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the journal and the statuses up to date while an agent's turn runs: what the turn has used
 * reaches the journal within a second, what the agent does reaches the statuses within ten, and
 * those who watch hear of it ten times a second at most. Safe for use by several threads.
 */
final class TurnWatch {
  private static final Logger log = LoggerFactory.getLogger(TurnWatch.class);

  private static final Duration JOURNAL_EVERY = Duration.ofSeconds(1);
  private static final Duration STATUS_EVERY = Duration.ofSeconds(10);
  private static final Duration SHOW_EVERY = Duration.ofMillis(100);

  private final TaskId task;
  private final SpendingJournal journal;
  private final TimeSource time;
  private final AgentTold told;
  private final Supplier<Optional<SteeringReport>> steering;
  private @Nullable Turn turn;

  /**
   * @param steering what people have told the agents so far; must not wait
   */
  TurnWatch(
      TaskId task,
      SpendingJournal journal,
      TimeSource time,
      AgentTold told,
      Supplier<Optional<SteeringReport>> steering) {
    this.task = task;
    this.journal = journal;
    this.time = time;
    this.told = told;
    this.steering = steering;
  }

  /** A running turn; its parts are from before it began. */
  private final class Turn {
    private final AgentSpending before;
    private final AgentReport report;
    private final long start = time.nanoTime();
    private AgentUsage used = AgentUsage.NONE;
    private String newest;
    private boolean toJournal;
    private boolean toStatus;
    private boolean toShow;
    private long journaled = start - JOURNAL_EVERY.toNanos();
    private long announced = start;
    private long shown = start - SHOW_EVERY.toNanos();

    private Turn(AgentSpending before, AgentReport report, String newest) {
      this.before = before;
      this.report = report;
      this.newest = newest;
    }

    private AgentSpending spending() {
      return before.plus(used, time.since(start));
    }

    private AgentReport report() {
      return report
          .withUsage(report.usage().plus(used))
          .withTime(report.time().plus(time.since(start)))
          .withSteering(steering.get());
    }

    private void update() {
      if (toShow && isDue(shown, SHOW_EVERY)) {
        shown = time.nanoTime();
        toShow = false;
        told.show(report(), newest);
      }
      if (toJournal && isDue(journaled, JOURNAL_EVERY)) {
        journaled = time.nanoTime();
        toJournal = false;
        note(spending());
      }
      if (toStatus && isDue(announced, STATUS_EVERY)) {
        announced = time.nanoTime();
        toStatus = false;
        tell();
      }
    }

    private void tell() {
      try {
        told.announce(report(), newest);
      } catch (PortException e) {
        log.warn("A status of task {} is left out: {}", task, e.getMessage());
      }
    }

    private boolean isDue(long last, Duration every) {
      return time.since(last).compareTo(every) >= 0;
    }
  }

  /** Begins a turn, and announces it. */
  synchronized void begin(AgentSpending before, AgentReport report, String why) {
    turn = new Turn(before, report, why);
    journal.spent(before);
    told.begins(report, why);
  }

  /** Ends the turn, records what it used, and returns what the agent has spent in this step. */
  synchronized AgentSpending end(AgentUsage used) {
    Turn ended = turn;
    turn = null;
    if (ended == null) {
      throw new IllegalStateException("no turn runs");
    }
    ended.used = used;
    AgentSpending spending = ended.spending();
    journal.spent(spending);
    return spending;
  }

  /** Ends the turn, if one runs, with what it has told of its use. */
  synchronized void abandon() {
    if (turn != null) {
      note(turn.spending());
      told.record(turn.report().withEnd("interrupted", Optional.empty()));
      turn = null;
    }
  }

  synchronized void used(AgentUsage usage) {
    if (turn != null) {
      turn.used = usage;
      turn.toJournal = true;
      turn.toStatus = true;
      turn.update();
    }
  }

  /** Takes the newest thing that the agent said or did, without secrets. */
  synchronized void newest(String words) {
    if (turn != null) {
      turn.newest = words;
      turn.toStatus = true;
      turn.toShow = true;
      turn.update();
    }
  }

  /** Updates from time to time what no event has updated, until the thread is interrupted. */
  void keepUpdating() {
    try {
      while (true) {
        Background.pause(JOURNAL_EVERY);
        update();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  synchronized void update() {
    if (turn != null) {
      // The time goes on without an event.
      turn.toJournal |= turn.isDue(turn.journaled, STATUS_EVERY);
      turn.update();
    }
  }

  /** If the journal write fails, the next one has more. */
  private void note(AgentSpending spending) {
    try {
      journal.spent(spending);
    } catch (PortException e) {
      log.warn(
          "The journal does not record what agent '{}' spends on task {}: {}",
          spending.agent(),
          task,
          e.getMessage());
    }
  }
}
