/**
 * All waiting and all clocks of the product: pauses that can be cut short, back-off, durations as
 * text, background threads.
 *
 * <p>Every package may use them, and the build refuses a clock, a sleep or a timer anywhere else,
 * so that tests can control time. Begin with {@link io.numa.avatar.time.Waiter}.
 */
@NullMarked
package io.numa.avatar.time;

import org.jspecify.annotations.NullMarked;
