/**
 * The local server: what an operator sees of an avatar and tells it. Begin with {@link
 * io.numa.avatar.server.LocalServer}.
 *
 * <p>It reads the avatar by {@link io.numa.avatar.operation.Overview} and {@link
 * io.numa.avatar.operation.OperationEvents}, and tells it by {@link
 * io.numa.avatar.operation.Controls}. No request ever makes a task wait.
 */
@NullMarked
package io.numa.avatar.server;

import org.jspecify.annotations.NullMarked;
