package io.numa.avatar.cli.agents;

import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Gemini CLI, with {@code mvn -Pagents verify}. */
@EnabledIfSystemProperty(named = "agents", matches = "true")
final class GeminiIT extends RealAgentTests {
  GeminiIT() {
    super(RealAgent.GEMINI);
  }
}
