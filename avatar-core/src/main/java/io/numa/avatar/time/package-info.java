/**
 * All waiting and all clocks of the product: pauses that can be ended early, backoff, durations as
 * text, and background threads.
 *
 * <p>Every package may use them. The build refuses a clock, a sleep or a timer in any other
 * package, so that tests can control time. Begin with {@link io.numa.avatar.time.Waiter}.
 */
@NullMarked
package io.numa.avatar.time;

import org.jspecify.annotations.NullMarked;
