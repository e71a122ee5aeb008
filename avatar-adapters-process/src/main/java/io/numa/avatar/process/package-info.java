/**
 * Commands as real processes: what they may see of the avatar's environment, how their output is
 * read, and how everything they started is ended. A {@code ContainedProcess} is one process with
 * its pipes, run to its end by {@code LocalCommandRunner} or talked with.
 */
@NullMarked
package io.numa.avatar.process;

import org.jspecify.annotations.NullMarked;
