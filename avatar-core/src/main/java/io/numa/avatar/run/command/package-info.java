/**
 * How a stage runs a command: its limits of time and silence, and its output in the log.
 *
 * <p>Only {@code run} calls it. Begin with {@link io.numa.avatar.run.command.Commands}.
 */
@NullMarked
package io.numa.avatar.run.command;

import org.jspecify.annotations.NullMarked;
