package io.numa.avatar.benchmarks.agents;

import java.io.IOException;

/** A way to have an agent work. */
interface Contender {
  /** Starts an agent, has it work for one turn, and ends it. */
  Lived live() throws IOException, InterruptedException;
}
