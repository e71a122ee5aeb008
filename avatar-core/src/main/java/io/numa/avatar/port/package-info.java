/**
 * The interfaces through which the core uses other systems, and the ways in which calls of them
 * fail.
 *
 * <p>Adapters implement these interfaces, and the pipeline calls them. This package depends on
 * neither. Begin with {@link io.numa.avatar.port.TaskSource}; each failure is a {@link
 * io.numa.avatar.port.PortException} with a kind.
 */
@NullMarked
package io.numa.avatar.port;

import org.jspecify.annotations.NullMarked;
