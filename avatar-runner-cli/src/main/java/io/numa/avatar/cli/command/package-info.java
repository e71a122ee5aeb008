/**
 * The commands of the command line, one class each, with their options, exit codes and checks.
 *
 * <p>Only {@code cli} calls them. Begin with {@link io.numa.avatar.cli.command.AvatarCommand}.
 */
@NullMarked
package io.numa.avatar.cli.command;

import org.jspecify.annotations.NullMarked;
