/**
 * What a task is and how it ends: ids, tasks, applications, stages, outcomes. Values only; every
 * other package may use them. Begin with {@link io.numa.avatar.task.Task} and {@link
 * io.numa.avatar.task.TaskOutcome}.
 */
@NullMarked
package io.numa.avatar.task;

import org.jspecify.annotations.NullMarked;
