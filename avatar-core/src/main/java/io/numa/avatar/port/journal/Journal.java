package io.numa.avatar.port.journal;

import io.numa.avatar.port.PortException;

/**
 * The state that an avatar keeps across restarts: the messages it has accepted, its attempts and
 * their progress, the reports that the backend does not have yet, what coding agents have spent and
 * were told, which tasks have ended and how, which change requests it looks after, and what the
 * operator has ordered.
 *
 * <p>A durable journal returns from a write when the data would survive the end of the process.
 * Callers write before the effect can be seen anywhere else. Each write is kept whole or not at
 * all. Safe for use by several threads.
 *
 * <p>Every method throws a {@link PortException} of kind {@code UNAVAILABLE} if the journal cannot
 * be read or written, for example on a full disk. The journal is then unchanged, and later calls
 * may succeed. A method does nothing if the journal does not have the named attempt.
 */
public interface Journal
    extends MessageJournal,
        AttemptJournal,
        ReportJournal,
        SpendingJournal,
        SteeringJournal,
        LedgerJournal,
        NoticeJournal,
        HistoryJournal,
        TaskHistory,
        FollowUpJournal,
        OperatorJournal,
        AutoCloseable {
  /** Whether the journal's data survives the end of the process. */
  boolean durable();

  /** Closes the journal. It must not be used afterwards. */
  @Override
  void close();
}
