/**
 * Measures what the avatar adds to a coding agent's turn, compared with the same program driven by
 * hand. Begin with {@link io.numa.avatar.benchmarks.agents.AgentBenchmark}.
 */
@NullMarked
package io.numa.avatar.benchmarks.agents;

import org.jspecify.annotations.NullMarked;
