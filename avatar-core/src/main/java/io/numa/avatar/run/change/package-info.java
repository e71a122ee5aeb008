/**
 * Describes a staged change: its size, and what it does to the project's tests.
 *
 * <p>Only {@code run} calls it. Begin with {@link io.numa.avatar.run.change.ChangeReports}.
 */
@NullMarked
package io.numa.avatar.run.change;

import org.jspecify.annotations.NullMarked;
