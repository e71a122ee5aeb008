/**
 * A scripted model on loopback, so that real coding agents work without a network.
 *
 * <p>Begin with {@link io.numa.avatar.testkit.model.ModelServer} and {@link
 * io.numa.avatar.testkit.model.ModelScript}.
 */
@NullMarked
package io.numa.avatar.testkit.model;

import org.jspecify.annotations.NullMarked;
