/** What is known of coding agents: how they are started, and what must be told to them. */
@NullMarked
package io.numa.avatar.agent.preset;

import org.jspecify.annotations.NullMarked;
