/**
 * The command line program: its entry point.
 *
 * <p>The start script calls it, and no other package does. Begin with {@link
 * io.numa.avatar.cli.Main}.
 */
@NullMarked
package io.numa.avatar.cli;

import org.jspecify.annotations.NullMarked;
