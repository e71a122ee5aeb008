/**
 * The contract of a queue of tasks.
 *
 * <p>Begin with {@link io.numa.avatar.testkit.contract.queue.TaskQueueContract}: extend it for an
 * adapter, and give it a {@link io.numa.avatar.testkit.contract.queue.QueueWorld}.
 */
@NullMarked
package io.numa.avatar.testkit.contract.queue;

import org.jspecify.annotations.NullMarked;
