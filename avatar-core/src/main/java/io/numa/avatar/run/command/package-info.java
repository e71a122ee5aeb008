/**
 * Runs the commands of stages: limits their time and their silence, and writes their output into
 * the log.
 *
 * <p>Only {@code run} calls it. Begin with {@link io.numa.avatar.run.command.Commands}.
 */
@NullMarked
package io.numa.avatar.run.command;

import org.jspecify.annotations.NullMarked;
