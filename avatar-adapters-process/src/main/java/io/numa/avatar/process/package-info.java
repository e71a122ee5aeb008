/**
 * Commands as real processes: what they may see of the avatar's environment, how their output is
 * read, and how everything they started is ended.
 */
@NullMarked
package io.numa.avatar.process;

import org.jspecify.annotations.NullMarked;
