/**
 * A queue of tasks without an engine. It passes the same contract as the real ones.
 *
 * <p>Begin with {@link io.numa.avatar.testkit.queue.InMemoryTaskQueue}.
 */
@NullMarked
package io.numa.avatar.testkit.queue;

import org.jspecify.annotations.NullMarked;
