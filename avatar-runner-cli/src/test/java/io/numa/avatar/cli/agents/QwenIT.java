package io.numa.avatar.cli.agents;

/** Qwen Code, in every build where node and npm are there. */
final class QwenIT extends RealAgentTests {
  QwenIT() {
    super(RealAgent.QWEN);
  }
}
