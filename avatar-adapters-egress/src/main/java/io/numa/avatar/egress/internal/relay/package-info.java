/** Carries bytes between a sandbox and the hosts that it may reach, on one thread. */
@NullMarked
package io.numa.avatar.egress.internal.relay;

import org.jspecify.annotations.NullMarked;
