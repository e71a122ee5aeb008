/**
 * The bridge from a backend that is polled to a queue: it publishes each task once.
 *
 * <p>Begin with {@link io.numa.avatar.bridge.TaskBridge}. The runner starts it; backend and queue
 * are behind ports.
 */
@NullMarked
package io.numa.avatar.bridge;

import org.jspecify.annotations.NullMarked;
