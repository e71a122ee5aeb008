package io.numa.avatar.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.port.agent.AgentIdentity;
import io.numa.avatar.port.agent.AgentSession;
import io.numa.avatar.port.agent.AgentTurn;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A well-behaved agent, as a program. */
final class ProgramCodingAgentsTest {
  @TempDir private Path folder;

  private final PlainProcesses processes = new PlainProcesses();
  private AgentWorld world;

  @BeforeEach
  void createWorld() {
    world = new AgentWorld(folder, processes);
  }

  @Test
  void twoTurnsOfOneSessionEditFilesAndAreTold() throws InterruptedException {
    var agent =
        world.scripted(
            """
            think let me see
            plan [x] read;[~] write;test
            write src/App.java class App {}
            shell cat src/App.java
            say All is
            say " done."
            ---
            prompt
            append src/App.java // repaired
            """,
            "--noise");

    try (AgentSession session = world.open(agent)) {
      AgentTurn first = session.prompt("do it", AgentWorld.LIMITS);
      AgentTurn second = session.prompt("once more", AgentWorld.LIMITS);

      assertThat(session.identity())
          .isEqualTo(
              new AgentIdentity(
                  "tester", Optional.of("1.2.3"), Optional.empty(), Optional.of("abcdef")));
      assertThat(first).isInstanceOf(AgentTurn.Completed.class);
      assertThat(first.summary()).isEqualTo("All is done.");
      assertThat(first.usage().toolCalls()).isEqualTo(2);
      assertThat(first.usage().turns()).isEqualTo(2);
      assertThat(second.summary()).isEqualTo("once more");
    }
    assertThat(world.tree.resolve("src/App.java")).hasContent("class App {}\n// repaired\n");
    assertThat(world.events.lines())
        .startsWith(
            "thought let me see",
            "planned [x] read, [~] write, [ ] test",
            "tool tool-1 edit RUNNING Write src/App.java [src/App.java]",
            "tool tool-1 edit COMPLETED Write src/App.java [src/App.java] = wrote src/App.java",
            "tool tool-2 execute RUNNING cat src/App.java []",
            "tool tool-2 execute COMPLETED cat src/App.java [] = class App {}",
            "said All is");
    assertThat(processes.alive()).isEmpty();
  }
}
