/** Gets an agent's start ready: its command, environment, HOME, and what it must not see. */
@NullMarked
package io.numa.avatar.agent.launch;

import org.jspecify.annotations.NullMarked;
