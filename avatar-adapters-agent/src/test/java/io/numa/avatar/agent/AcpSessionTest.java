package io.numa.avatar.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.port.agent.AgentSession;
import io.numa.avatar.port.agent.AgentTurn;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to an agent's processes between its turns. */
final class AcpSessionTest {
  @TempDir private Path folder;

  private final InMemoryAgent agent = new InMemoryAgent();

  @Test
  void theProcessesStandStillBetweenTheTurns() throws InterruptedException {
    List<Boolean> suspendedInTurns = new CopyOnWriteArrayList<>();
    agent.on(
        "session/prompt",
        message -> {
          suspendedInTurns.add(agent.suspended());
          agent.answer(message, "{'stopReason':'end_turn'}");
        });

    try (AgentSession session =
        new AgentWorld(folder, agent).open(AgentSetup.acp("some-agent").build())) {
      for (int turn = 0; turn < 2; turn++) {
        assertThat(session.prompt("do it", AgentWorld.LIMITS))
            .isInstanceOf(AgentTurn.Completed.class);
        assertThat(agent.suspended()).isTrue();
      }
    }

    assertThat(suspendedInTurns).containsExactly(false, false);
    assertThat(agent.ended()).isTrue();
  }
}
