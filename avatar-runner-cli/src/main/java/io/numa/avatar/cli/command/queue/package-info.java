/**
 * The commands of a queue that holds whole tasks: they submit a task, and watch it.
 *
 * <p>Begin with {@link io.numa.avatar.cli.command.queue.QueueCommands}.
 */
@NullMarked
package io.numa.avatar.cli.command.queue;

import org.jspecify.annotations.NullMarked;
