/**
 * The log of an attempt. All text goes through it, and is redacted, bounded and stored on disk
 * before it is sent to the backend.
 *
 * <p>Only {@code run} calls it. Begin with {@link io.numa.avatar.run.log.RunLog}.
 */
@NullMarked
package io.numa.avatar.run.log;

import org.jspecify.annotations.NullMarked;
