/**
 * Sandboxes for the commands and coding agents of tasks, and their way to the network.
 *
 * <p>Begin with {@code SandboxSite}, which tells where a process works, and {@code Sandboxes},
 * which tells what holds it there.
 */
@NullMarked
package io.numa.avatar.port.sandbox;

import org.jspecify.annotations.NullMarked;
