/** The commands of the command line. */
@NullMarked
package io.numa.avatar.cli.command;

import org.jspecify.annotations.NullMarked;
