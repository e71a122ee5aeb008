package io.numa.avatar.port.journal;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.StatusUpdate;
import io.numa.avatar.port.repository.PendingPush;
import java.util.List;
import java.util.Optional;

/**
 * What a journal knows of an attempt that is not settled.
 *
 * @param attempt with the last lease that was noted
 * @param number from 1, one higher with every attempt at the same task in a row
 * @param claimed whether the backend has said that the task is ours
 * @param reports all statuses so far, sent ones too, by their number
 * @param push the commit that was about to be pushed, once there was one
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
   * @param logEnd how many bytes of the log come before it
   * @param told whether the backend has it
   */
  public record Report(StatusUpdate update, long logEnd, boolean told) {}

  /** The status that was announced last; empty before the first. */
  public Optional<StatusUpdate> latest() {
    return reports.isEmpty()
        ? Optional.empty()
        : Optional.of(reports.get(reports.size() - 1).update());
  }

  /** Whether the attempt has an outcome, which the backend may not know yet. */
  public boolean ended() {
    return latest().flatMap(StatusUpdate::finishedAt).isPresent();
  }

  /** The same, claimed, with the lease that {@code claim} has. */
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
