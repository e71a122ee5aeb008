package io.numa.avatar.cli.agents;

import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Claude Code, with {@code mvn -Pagents verify}. */
@EnabledIfSystemProperty(named = "agents", matches = "true")
final class ClaudeIT extends RealAgentTests {
  ClaudeIT() {
    super(RealAgent.CLAUDE);
  }
}
