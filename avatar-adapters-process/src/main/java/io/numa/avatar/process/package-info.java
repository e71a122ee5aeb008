/**
 * Runs commands as real processes: chooses their environment, reads their output, and ends every
 * process that they started.
 *
 * <p>Runners construct {@link io.numa.avatar.process.LocalCommandRunner} and use it through the
 * core's port. Begin there, then read {@code ContainedProcess}.
 */
@NullMarked
package io.numa.avatar.process;

import org.jspecify.annotations.NullMarked;
