/**
 * Coding agents at work on a task: their sessions, prompts, budget and log, and the repair of what
 * tests and guards refuse.
 *
 * <p>Only {@code run} calls it. Begin with {@link io.numa.avatar.run.agent.AgentWork}.
 */
@NullMarked
package io.numa.avatar.run.agent;

import org.jspecify.annotations.NullMarked;
