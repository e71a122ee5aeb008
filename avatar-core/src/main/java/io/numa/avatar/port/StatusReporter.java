package io.numa.avatar.port;

import java.util.Optional;

/**
 * Reports the progress of an attempt to the backend. Safe for use by several threads; for one
 * attempt, one thread at a time, in the order things happened.
 *
 * <p>Both methods block until the backend has the report. They may be called again with the same
 * argument when that is unknown: a backend that knows the report drops the repeat.
 *
 * <p>Both throw {@link PortException}: {@link TaskTakenException} where another avatar has the
 * task, {@link UnauthorizedException} where our credentials were refused, a retryable one where the
 * backend was out of reach after several tries.
 */
public interface StatusReporter {
  /** Reports the state of the task; the answer may have a lease, which the attempt then holds. */
  Optional<Lease> report(Attempt attempt, StatusUpdate update) throws InterruptedException;

  /**
   * Says that the attempt goes on, so that its lease does not end. May be called beside the other
   * methods.
   *
   * @param lastSent the status that was sent last
   * @param count higher with every renewal of the attempt, in another process too
   */
  default Optional<Lease> renew(Attempt attempt, StatusUpdate lastSent, long count)
      throws InterruptedException {
    return report(attempt, lastSent);
  }

  /** Appends to the attempt's log. */
  void append(Attempt attempt, LogChunk chunk) throws InterruptedException;
}
