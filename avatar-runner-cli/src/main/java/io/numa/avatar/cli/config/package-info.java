/**
 * The configuration: the records that {@code config.yaml}, the environment and flags are bound to,
 * and the checks across keys.
 *
 * <p>The commands load it and the wiring reads it; schema, reference page and {@code config show}
 * come from the same records. Begin with {@link io.numa.avatar.cli.config.Configuration}, then
 * {@link io.numa.avatar.cli.config.ConfigLoader}.
 */
@NullMarked
package io.numa.avatar.cli.config;

import org.jspecify.annotations.NullMarked;
