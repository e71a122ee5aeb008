/**
 * The one home of time: clocks, pauses, timers, and how durations are written. Every package may
 * use it, and none other reads a clock or sleeps, by a rule of the build. Begin with {@link
 * io.numa.avatar.time.TimeSource}.
 */
@NullMarked
package io.numa.avatar.time;

import org.jspecify.annotations.NullMarked;
