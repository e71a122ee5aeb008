/**
 * Tasks and their results: ids, tasks, applications, stages, reports and outcomes. All of them are
 * values without side effects.
 *
 * <p>Every package may use them. Begin with {@link io.numa.avatar.task.Task}, then {@link
 * io.numa.avatar.task.TaskOutcome}.
 */
@NullMarked
package io.numa.avatar.task;

import org.jspecify.annotations.NullMarked;
