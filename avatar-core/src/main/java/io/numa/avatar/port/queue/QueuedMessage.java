package io.numa.avatar.port.queue;

import io.numa.avatar.task.TaskId;
import java.time.Instant;
import java.util.Optional;

/**
 * What a queue says of a task that it delivers.
 *
 * @param publishedAt when the task was published, if the engine knows it
 * @param deliveries how often the engine has delivered it so far, this time included; at least 1
 */
public record QueuedMessage(TaskId task, Optional<Instant> publishedAt, int deliveries) {}
