package io.numa.avatar.cli.agents;

import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Codex, with {@code mvn -Pagents verify}. */
@EnabledIfSystemProperty(named = "agents", matches = "true")
final class CodexIT extends RealAgentTests {
  CodexIT() {
    super(RealAgent.CODEX);
  }
}
