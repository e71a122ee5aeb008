/**
 * Coding agents, as the pipeline uses them. An adapter implements {@link
 * io.numa.avatar.port.agent.CodingAgents}; begin there.
 */
@NullMarked
package io.numa.avatar.port.agent;

import org.jspecify.annotations.NullMarked;
