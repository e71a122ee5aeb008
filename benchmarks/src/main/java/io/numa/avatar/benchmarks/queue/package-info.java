/**
 * Measures avatars that share a queue of tasks, beside avatars that poll a topic.
 *
 * <p>Begin with {@link io.numa.avatar.benchmarks.queue.QueueBenchmark} and {@link
 * io.numa.avatar.benchmarks.queue.QueueSimulation}.
 */
@NullMarked
package io.numa.avatar.benchmarks.queue;

import org.jspecify.annotations.NullMarked;
