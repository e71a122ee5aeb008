/** The claims of tasks: entries that only their owner can write. */
@NullMarked
package io.numa.avatar.nats.internal.claim;

import org.jspecify.annotations.NullMarked;
