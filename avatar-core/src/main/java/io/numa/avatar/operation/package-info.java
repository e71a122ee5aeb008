/**
 * What an operator sees of an avatar, and what an operator can tell it to do. Pages, documents,
 * commands and the control socket are made from these values.
 *
 * <p>Begin with {@link io.numa.avatar.operation.Overview} and {@link
 * io.numa.avatar.operation.Controls}. Nothing here knows HTTP, HTML or JSON.
 */
@NullMarked
package io.numa.avatar.operation;

import org.jspecify.annotations.NullMarked;
