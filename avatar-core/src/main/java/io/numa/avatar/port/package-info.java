/**
 * What the core needs from the world, as interfaces, and the ways in which it fails.
 *
 * <p>Adapters implement these interfaces, the pipeline calls them, and nothing here depends on
 * either. Begin with {@link io.numa.avatar.port.TaskSource}; each failure is a {@link
 * io.numa.avatar.port.PortException} with a kind.
 */
@NullMarked
package io.numa.avatar.port;

import org.jspecify.annotations.NullMarked;
