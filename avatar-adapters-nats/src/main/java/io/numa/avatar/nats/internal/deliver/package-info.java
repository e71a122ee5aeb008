/** Deliveries of tasks: waiting for them, and what becomes of them. */
@NullMarked
package io.numa.avatar.nats.internal.deliver;

import org.jspecify.annotations.NullMarked;
