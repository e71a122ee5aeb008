/**
 * The checks of {@code doctor}: backend, Git hosts, coding agents, folders and tools.
 *
 * <p>The command {@code doctor} makes them all and prints a line for each result. Begin with {@link
 * io.numa.avatar.cli.doctor.Doctor}.
 */
@NullMarked
package io.numa.avatar.cli.doctor;

import org.jspecify.annotations.NullMarked;
