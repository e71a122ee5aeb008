package io.numa.avatar.port;

import io.numa.avatar.task.Failure;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.StageTime;
import io.numa.avatar.task.TaskState;
import io.numa.avatar.task.WorkSummary;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The status of an attempt.
 *
 * @param sequence the number of the update within the attempt, from 1
 * @param message one or a few lines for people
 * @param finishedAt when the attempt ended; present in the last update only
 * @param stages the stages so far, in the order they were entered; of very many, the last ones
 */
public record StatusUpdate(
    int sequence,
    TaskState state,
    Stage stage,
    String message,
    WorkSummary work,
    Instant startedAt,
    Optional<Instant> finishedAt,
    Optional<Failure> failure,
    List<StageTime> stages) {

  public StatusUpdate {
    stages = List.copyOf(stages);
  }

  /** A status without the times of its stages. */
  public StatusUpdate(
      int sequence,
      TaskState state,
      Stage stage,
      String message,
      WorkSummary work,
      Instant startedAt,
      Optional<Instant> finishedAt,
      Optional<Failure> failure) {
    this(sequence, state, stage, message, work, startedAt, finishedAt, failure, List.of());
  }
}
