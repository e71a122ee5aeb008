package io.numa.avatar.port;

import io.numa.avatar.task.Failure;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.TaskState;
import io.numa.avatar.task.WorkSummary;
import java.time.Instant;
import java.util.Optional;

/**
 * The status of an attempt.
 *
 * @param sequence the number of the update within the attempt, from 1
 * @param message one or a few lines for people
 * @param finishedAt when the attempt ended; present in the last update only
 */
public record StatusUpdate(
    int sequence,
    TaskState state,
    Stage stage,
    String message,
    WorkSummary work,
    Instant startedAt,
    Optional<Instant> finishedAt,
    Optional<Failure> failure) {}
