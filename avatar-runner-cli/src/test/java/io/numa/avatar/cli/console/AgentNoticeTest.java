package io.numa.avatar.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AgentNoticeTest {
  @Test
  void callsAgentsExperimental() {
    assertThat(AgentNotice.atStart(List.of("qwen", "claude")))
        .startsWith("coding agents: qwen, claude; experimental; they do what ");
  }

  @Test
  void saysThatProseIsLeftToOthers() {
    assertThat(AgentNotice.atStart(List.of()))
        .isEqualTo(
            "no coding agent is configured (agents.available); tasks of prose are left to others");
  }
}
