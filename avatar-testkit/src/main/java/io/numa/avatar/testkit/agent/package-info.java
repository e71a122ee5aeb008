/**
 * A coding agent for tests, which does what a script says.
 *
 * <p>Tests of embedders and of adapters use it. Begin with {@link
 * io.numa.avatar.testkit.agent.ScriptedCodingAgent}.
 */
@NullMarked
package io.numa.avatar.testkit.agent;

import org.jspecify.annotations.NullMarked;
