/**
 * A queue of tasks on NATS JetStream: each task is delivered to one avatar at a time, and only the
 * owner of its claim can push and end it.
 *
 * <p>Begin with {@link io.numa.avatar.nats.NatsQueue}; {@link io.numa.avatar.nats.NatsPublisher}
 * fills the queue, and {@link io.numa.avatar.nats.QueueCheck} says what is wrong with one.
 */
@NullMarked
package io.numa.avatar.nats;

import org.jspecify.annotations.NullMarked;
