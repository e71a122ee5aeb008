/**
 * The port to an engine that gives each task to one avatar at a time.
 *
 * <p>The worker and the reporter of claimed tasks call it; adapters of message engines and the
 * testkit implement it. Begin with {@link io.numa.avatar.port.queue.TaskQueue}. What a task is, and
 * which state it has, {@link io.numa.avatar.port.TaskSource} says.
 */
@NullMarked
package io.numa.avatar.port.queue;

import org.jspecify.annotations.NullMarked;
