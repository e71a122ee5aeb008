/**
 * What all commands share: the terminal, the options that name the configuration, and the exit
 * codes.
 *
 * <p>Only the packages of commands use this one.
 */
@NullMarked
package io.numa.avatar.cli.command.common;

import org.jspecify.annotations.NullMarked;
