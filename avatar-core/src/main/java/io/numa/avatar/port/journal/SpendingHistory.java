package io.numa.avatar.port.journal;

import io.numa.avatar.port.money.LedgerEntry;
import java.time.LocalDate;
import java.util.List;

/** Tells what agents have spent. Safe for use by several threads. */
public interface SpendingHistory {
  /** What was spent from a day on: one entry for each day, agent and repository, in this order. */
  List<LedgerEntry> ledger(LocalDate from);
}
