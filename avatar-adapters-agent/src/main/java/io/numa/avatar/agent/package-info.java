/** Coding agents as programs of this machine. */
@NullMarked
package io.numa.avatar.agent;

import org.jspecify.annotations.NullMarked;
