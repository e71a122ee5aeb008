/**
 * The package registries that sandboxes fetch from: which ones there are, and what serves them.
 *
 * <p>{@code discovery} finds those of the machine, {@code serving} answers the connections of a
 * sandbox, and {@code client} writes the settings of the package clients inside.
 */
@NullMarked
package io.numa.avatar.egress.registry;

import org.jspecify.annotations.NullMarked;
