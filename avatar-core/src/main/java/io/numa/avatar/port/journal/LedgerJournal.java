package io.numa.avatar.port.journal;

import io.numa.avatar.port.money.LedgerEntry;

/**
 * The part of a {@link Journal} that records what all agents have spent, day by day. Unlike {@link
 * SpendingJournal}, it forgets nothing when a task ends.
 */
public interface LedgerJournal extends SpendingHistory {
  /** How many days an entry is kept at least, counted from the newest one. */
  int DAYS_KEPT = 400;

  /**
   * Adds to what was recorded of the same day, agent and repository. The record survives the end of
   * the process, but need not survive a loss of power. Entries that are {@link #DAYS_KEPT} days
   * older may be removed.
   */
  void paid(LedgerEntry more);
}
