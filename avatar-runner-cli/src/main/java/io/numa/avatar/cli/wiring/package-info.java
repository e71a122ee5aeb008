/**
 * Assembles the avatar with Guice, which no other package sees.
 *
 * <p>The commands call {@link io.numa.avatar.cli.wiring.Avatar} and {@link
 * io.numa.avatar.cli.wiring.SingleTask}. Begin with {@link io.numa.avatar.cli.wiring.Setup}.
 */
@NullMarked
package io.numa.avatar.cli.wiring;

import org.jspecify.annotations.NullMarked;
