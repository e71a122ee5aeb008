/** The way out of sandboxes: what a process inside may reach, and the proxies that reach it. */
@NullMarked
package io.numa.avatar.egress;

import org.jspecify.annotations.NullMarked;
