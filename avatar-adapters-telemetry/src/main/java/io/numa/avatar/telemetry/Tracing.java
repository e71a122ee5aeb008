package io.numa.avatar.telemetry;

import io.numa.avatar.port.agent.CodingAgents;
import io.numa.avatar.run.RunListener;

/** Traces attempts. Safe for use by several threads. */
public interface Tracing extends AutoCloseable {
  /** Traces nothing. */
  Tracing NONE =
      new Tracing() {
        @Override
        public RunListener listener() {
          return RunListener.NONE;
        }

        @Override
        public CodingAgents traced(CodingAgents agents) {
          return agents;
        }

        @Override
        public void close() {}
      };

  /** Hears of attempts and their stages. Its methods return at once. */
  RunListener listener();

  /** The same agents; their turns and tools are traced. */
  CodingAgents traced(CodingAgents agents);

  /** Sends what is left, for two seconds at most. Does not throw. */
  @Override
  void close();
}
