package io.numa.avatar.port.journal;

import io.numa.avatar.port.PortException;

/**
 * What an avatar must not forget: the messages it has seen, the attempts it has begun and how far
 * each came, and which reports the backend still lacks.
 *
 * <p>Every method that writes returns when what it wrote would survive the end of the process, and
 * is called before its effect shows anywhere else. Each call is kept whole or not at all. Safe for
 * use by several threads.
 *
 * <p>Every method throws a {@link PortException} of kind {@code UNAVAILABLE} if the journal cannot
 * be read or written, such as on a full disk; it is as it was before the call then, and later calls
 * may succeed. A method that names an attempt which the journal does not have does nothing.
 */
public interface Journal extends MessageJournal, AttemptJournal, ReportJournal, AutoCloseable {
  /** Whether what is written here is still there when the process has ended. */
  boolean durable();

  /** Gives the journal back. It must not be used afterwards. */
  @Override
  void close();
}
