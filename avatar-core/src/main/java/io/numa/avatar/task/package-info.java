/**
 * What a task is and how it ends: ids, tasks, applications, stages, outcomes. Values only; nothing
 * here touches the world.
 */
@NullMarked
package io.numa.avatar.task;

import org.jspecify.annotations.NullMarked;
