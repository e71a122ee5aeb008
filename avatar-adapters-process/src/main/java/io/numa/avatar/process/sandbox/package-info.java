/**
 * Sandboxes that hold commands and coding agents: what this machine can make them with, and the
 * words to put before a command.
 *
 * <p>Begin with {@code LocalSandboxes}.
 */
@NullMarked
package io.numa.avatar.process.sandbox;

import org.jspecify.annotations.NullMarked;
