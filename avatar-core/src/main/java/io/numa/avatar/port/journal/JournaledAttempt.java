package io.numa.avatar.port.journal;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.StatusUpdate;
import io.numa.avatar.port.repository.PendingPush;
import java.util.List;
import java.util.Optional;

/**
 * The journal's record of an attempt that is not settled.
 *
 * @param attempt the attempt, with the last recorded lease
 * @param number the number of the attempt among consecutive attempts at the same task, from 1
 * @param claimed whether the backend has confirmed that the task is ours
 * @param reports all statuses so far, including sent ones, ordered by number
 * @param push the commit that was about to be pushed, if there was one
 * @param pushed whether the remote has acknowledged it
 * @param acknowledged how many bytes of the log the backend has
 */
public record JournaledAttempt(
    Attempt attempt,
    int number,
    boolean claimed,
    List<Report> reports,
    Optional<PendingPush> push,
    boolean pushed,
    long acknowledged) {

  public JournaledAttempt {
    reports = List.copyOf(reports);
  }

  /**
   * A status.
   *
   * @param logEnd how many bytes of the log precede it
   * @param told whether the backend has it
   */
  public record Report(StatusUpdate update, long logEnd, boolean told) {}

  /** The last announced status; empty if there is none. */
  public Optional<StatusUpdate> latest() {
    return reports.isEmpty()
        ? Optional.empty()
        : Optional.of(reports.get(reports.size() - 1).update());
  }

  /** Whether the attempt has an outcome. The backend may not have it yet. */
  public boolean ended() {
    return latest().flatMap(StatusUpdate::finishedAt).isPresent();
  }

  /** A claimed copy with the lease of {@code claim}. */
  public JournaledAttempt withClaim(Attempt claim) {
    return new JournaledAttempt(claim, number, true, reports, push, pushed, acknowledged);
  }

  public JournaledAttempt withReports(List<Report> others) {
    return new JournaledAttempt(attempt, number, claimed, others, push, pushed, acknowledged);
  }

  public JournaledAttempt withPush(Optional<PendingPush> other, boolean done) {
    return new JournaledAttempt(attempt, number, claimed, reports, other, done, acknowledged);
  }

  public JournaledAttempt withAcknowledged(long offset) {
    return new JournaledAttempt(attempt, number, claimed, reports, push, pushed, offset);
  }
}
