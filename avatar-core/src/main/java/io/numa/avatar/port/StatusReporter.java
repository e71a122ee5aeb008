package io.numa.avatar.port;

import java.util.Optional;

/**
 * Reports the progress of an attempt to the backend. Safe for use by several threads. The reports
 * of one attempt must come from one thread at a time, in the order of the events.
 *
 * <p>Both methods block until the backend has the report. If it is unknown whether the backend has
 * it, call them again with the same argument: the backend drops a repeated report.
 *
 * <p>Both throw {@link PortException}: {@link TaskTakenException} if another avatar has the task,
 * {@link UnauthorizedException} if the backend refused our credentials, a retryable one if the
 * backend could not be reached after several tries.
 */
public interface StatusReporter {
  /**
   * Reports the state of the task. The backend may answer with a lease, which replaces the
   * attempt's lease.
   */
  Optional<Lease> report(Attempt attempt, StatusUpdate update) throws InterruptedException;

  /**
   * Renews the lease of the attempt. May be called at the same time as the other methods.
   *
   * @param lastSent the last status that was sent
   * @param count a number that grows with every renewal of the attempt, even if another process
   *     continues it
   */
  default Optional<Lease> renew(Attempt attempt, StatusUpdate lastSent, long count)
      throws InterruptedException {
    return report(attempt, lastSent);
  }

  /**
   * Confirms that the task is still the attempt's. The attempt calls it just before a push, which
   * cannot be undone. Does nothing where only answers to reports tell this.
   */
  default void confirm(Attempt attempt) throws InterruptedException {}

  /** Appends to the attempt's log. */
  void append(Attempt attempt, LogChunk chunk) throws InterruptedException;
}
