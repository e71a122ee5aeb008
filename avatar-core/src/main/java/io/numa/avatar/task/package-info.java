/**
 * What a task is and how it ends: ids, tasks, applications, stages, reports and outcomes, all of
 * them values that touch nothing outside.
 *
 * <p>Every package may use them. Begin with {@link io.numa.avatar.task.Task}, then {@link
 * io.numa.avatar.task.TaskOutcome}.
 */
@NullMarked
package io.numa.avatar.task;

import org.jspecify.annotations.NullMarked;
