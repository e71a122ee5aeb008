package io.numa.avatar.port.journal;

import io.numa.avatar.task.TaskId;
import java.time.Instant;
import java.util.Optional;

/** The part of a {@link Journal} that records what the operator has ordered. */
public interface OperatorJournal {
  /**
   * Records that no more tasks are taken, until {@link #resume}. If that was recorded before, the
   * earlier time stays.
   *
   * @param at the current time
   */
  void pause(Instant at);

  /** Records that tasks are taken again. */
  void resume();

  /** Since when no tasks are taken, in whole milliseconds; empty if they are taken. */
  Optional<Instant> pausedSince();

  /**
   * Records that a task is to be cancelled. The record goes when an attempt at the task is settled,
   * and when its waiting messages are rejected.
   */
  void cancel(TaskId task);

  /** Whether the task is to be cancelled. */
  boolean isCancelled(TaskId task);
}
