/**
 * Commands as real processes: what they see of the avatar's environment, how their output is read,
 * and how everything they started is ended.
 *
 * <p>Runners construct {@link io.numa.avatar.process.LocalCommandRunner} and use it through the
 * core's port. Begin there, then read {@code ContainedProcess}.
 */
@NullMarked
package io.numa.avatar.process;

import org.jspecify.annotations.NullMarked;
