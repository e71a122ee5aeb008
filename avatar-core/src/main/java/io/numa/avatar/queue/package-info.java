/**
 * The tasks that this avatar took from a queue: their claims, leases and ends.
 *
 * <p>Begin with {@link io.numa.avatar.queue.HeldTasks}. The worker takes tasks from it, and reports
 * pass through {@link io.numa.avatar.queue.ClaimedReports}.
 */
@NullMarked
package io.numa.avatar.queue;

import org.jspecify.annotations.NullMarked;
