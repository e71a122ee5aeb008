package io.numa.avatar.cli.agents;

import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** opencode, with {@code mvn -Pagents verify}. */
@EnabledIfSystemProperty(named = "agents", matches = "true")
final class OpencodeIT extends RealAgentTests {
  OpencodeIT() {
    super(RealAgent.OPENCODE);
  }
}
