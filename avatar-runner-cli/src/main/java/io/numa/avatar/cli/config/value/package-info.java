/**
 * Single values of the configuration: where each was given, and how its text becomes a duration, a
 * size, a file or a range.
 *
 * <p>Only {@code cli.config} calls it. Begin with {@link io.numa.avatar.cli.config.value.RawValue}.
 */
@NullMarked
package io.numa.avatar.cli.config.value;

import org.jspecify.annotations.NullMarked;
