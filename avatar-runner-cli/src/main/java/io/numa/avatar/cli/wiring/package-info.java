/** Assembles the avatar with Guice, which is seen nowhere else. */
@NullMarked
package io.numa.avatar.cli.wiring;

import org.jspecify.annotations.NullMarked;
