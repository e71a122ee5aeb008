/** A backend, a Git server and a small project with a bug, to see an avatar work. */
@NullMarked
package io.numa.avatar.cli.demo;

import org.jspecify.annotations.NullMarked;
