/**
 * A backend, a Git server and a small project with a bug, to watch an avatar at work.
 *
 * <p>Only the {@code demo} command calls it, and it is the only part of the product that uses the
 * testkit. Begin with {@link io.numa.avatar.cli.demo.DemoWorld}.
 */
@NullMarked
package io.numa.avatar.cli.demo;

import org.jspecify.annotations.NullMarked;
