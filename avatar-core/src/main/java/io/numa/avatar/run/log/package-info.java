/**
 * The log of an attempt: the one door through which text leaves, redacted, bounded and stored on
 * disk before it is sent.
 *
 * <p>Only {@code run} calls it. Begin with {@link io.numa.avatar.run.log.RunLog}.
 */
@NullMarked
package io.numa.avatar.run.log;

import org.jspecify.annotations.NullMarked;
