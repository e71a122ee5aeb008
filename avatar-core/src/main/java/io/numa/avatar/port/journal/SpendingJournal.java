package io.numa.avatar.port.journal;

import io.numa.avatar.task.TaskId;
import java.util.List;

/**
 * The part of a {@link Journal} that records what coding agents spend, as the budget of a task is
 * one for all its consecutive attempts.
 */
public interface SpendingJournal {
  /**
   * Records what an agent has spent. It replaces what was recorded for the same attempt, step and
   * agent. The record survives the end of the process, but need not survive a loss of power.
   */
  void spent(AgentSpending spending);

  /**
   * What agents have spent on a task, attempt after attempt, in the order that each was first
   * recorded. It is forgotten when an attempt at the task is settled, and when attempt number 1
   * begins.
   */
  List<AgentSpending> spending(TaskId task);
}
