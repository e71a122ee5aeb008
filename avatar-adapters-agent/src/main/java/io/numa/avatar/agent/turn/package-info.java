/** What all agents' turns have in common: what is told, what is used, and what ends them. */
@NullMarked
package io.numa.avatar.agent.turn;

import org.jspecify.annotations.NullMarked;
