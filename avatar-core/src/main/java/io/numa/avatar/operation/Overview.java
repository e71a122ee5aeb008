package io.numa.avatar.operation;

import io.numa.avatar.port.PortException;
import io.numa.avatar.port.journal.TaskPage;
import io.numa.avatar.port.journal.TaskQuery;
import io.numa.avatar.run.history.LogSearch;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.TaskId;
import java.time.LocalDate;
import java.util.Optional;

/**
 * What an operator sees of an avatar. It only reads, and never waits for a task. Nothing that it
 * gives has secrets; texts of tasks are otherwise as their authors wrote them. Safe for use by
 * several threads.
 *
 * <p>Every method throws a {@link PortException} of kind {@code UNAVAILABLE} if the journal or a
 * file cannot be read.
 */
public interface Overview {
  /** The most lines of a log that a search gives at a time. */
  int HITS = 200;

  /** What the avatar does now, and what it waits for. */
  AvatarStatus status();

  /** Whether it lives and is ready. */
  Health health();

  /** Lists tasks, the newest first; see {@link io.numa.avatar.port.journal.TaskHistory#page}. */
  TaskPage tasks(TaskQuery query);

  /** The story of a task; empty if the journal does not have the task. */
  Optional<TaskStory> task(TaskId task);

  /**
   * A part of an attempt's log: whole lines if possible, always whole characters.
   *
   * @param attempt which one; the last one if empty
   * @param offset where to begin, in bytes; beyond the end, the part is empty
   * @param most the most bytes to give, at least 4
   * @return empty if the journal has no such attempt
   * @throws IllegalArgumentException if {@code offset} is negative
   */
  Optional<LogPart> log(TaskId task, Optional<AttemptId> attempt, long offset, int most);

  /**
   * The lines of an attempt's log that have a text, in upper or lower case.
   *
   * @param attempt which one; the last one if empty
   * @param from where to begin, in bytes
   * @return empty if the journal has no such attempt; at most {@link #HITS} lines
   * @throws IllegalArgumentException if {@code text} is empty, or {@code from} is negative
   */
  Optional<LogSearch.Result> find(TaskId task, Optional<AttemptId> attempt, String text, long from);

  /**
   * What agents have spent.
   *
   * @param from the first day that counts, in the machine's time zone
   */
  SpendingReport spending(SpendingReport.By by, LocalDate from);

  /**
   * The change that the task has made, as a Git diff without secrets: of a running task as far as
   * it is, of a failed one its kept patch. It is cut off after 1 MiB, with a line that says so.
   *
   * @return empty if there is none
   */
  Optional<String> change(TaskId task);
}
