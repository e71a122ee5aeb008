package io.numa.avatar.operation;

import io.numa.avatar.port.StatusUpdate;
import io.numa.avatar.port.journal.AttemptRecord;
import io.numa.avatar.port.journal.OutcomeWord;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.Failure;
import io.numa.avatar.task.StageTime;
import io.numa.avatar.task.agent.KeptPatch;
import java.util.List;
import java.util.Optional;

/**
 * One attempt at a task, from its claim to its outcome.
 *
 * @param record what the journal keeps of it
 * @param outcome {@code RUNNING} if it has no outcome and is still open, {@code DROPPED} if it has
 *     none and is over
 * @param logSize the bytes of its log; 0 if there is none
 */
public record AttemptStory(AttemptRecord record, OutcomeWord outcome, long logSize) {
  /** The attempt's id. */
  public AttemptId attempt() {
    return record.attempt();
  }

  /** The stages in the order they were entered; empty if they were not recorded. */
  public List<StageTime> stages() {
    return record.last().map(StatusUpdate::stages).orElse(List.of());
  }

  /** What stopped it, if something did. */
  public Optional<Failure> failure() {
    return record.last().flatMap(StatusUpdate::failure);
  }

  /** The change of a failed attempt, if it is kept. */
  public Optional<KeptPatch> patch() {
    return record.last().flatMap(last -> last.work().keptPatch());
  }
}
