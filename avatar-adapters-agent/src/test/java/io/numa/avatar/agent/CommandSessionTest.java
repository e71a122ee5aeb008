package io.numa.avatar.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.agent.settings.AgentDefinition;
import io.numa.avatar.agent.settings.AgentDefinition.Protocol;
import io.numa.avatar.port.agent.AgentEvents;
import io.numa.avatar.port.agent.AgentSession;
import io.numa.avatar.port.agent.AgentTurn;
import io.numa.avatar.task.FailureKind;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Agents that run once for each prompt. */
final class CommandSessionTest {
  @TempDir private Path folder;

  private final PlainProcesses processes = new PlainProcesses();
  private AgentWorld world;

  @BeforeEach
  void createWorld() {
    world = new AgentWorld(folder, processes);
  }

  private AgentTurn prompt(AgentDefinition definition, String text) throws InterruptedException {
    try (AgentSession session = world.open(definition)) {
      assertThat(session.remembersPrompts()).isFalse();
      assertThat(session.steer("x")).isFalse();
      return session.prompt(text, AgentWorld.LIMITS);
    } finally {
      assertThat(processes.alive()).isEmpty();
    }
  }

  private static AgentDefinition sh(String line, String... more) {
    return AgentWorld.definition(
        Protocol.COMMAND,
        Stream.concat(Stream.of("/bin/sh", "-c", line), Stream.of(more)).toList());
  }

  @Test
  void eventsOfStreamJsonAreTold() throws InterruptedException {
    AgentTurn turn =
        prompt(
            world.command(
                """
                think hm
                say I begin.
                write a.txt hello
                shell cat missing
                say Done: a.txt
                """,
                "--stream-json",
                "{prompt}"),
            "x");

    assertThat(turn).isInstanceOf(AgentTurn.Completed.class);
    assertThat(turn.summary()).isEqualTo("Done: a.txt");
    assertThat(turn.usage().toolCalls()).isEqualTo(2);
    assertThat(world.tree.resolve("a.txt")).hasContent("hello\n");
    assertThat(world.events.lines())
        .containsExactly(
            "thought hm",
            "said I begin.",
            "tool tool-1 edit RUNNING Write a.txt [a.txt]",
            "tool tool-1 edit COMPLETED Write a.txt [a.txt] = wrote a.txt",
            "tool tool-2 execute RUNNING Bash cat missing []",
            "tool tool-2 execute FAILED Bash cat missing [] = cat: missing: No such file or directory",
            "said Done: a.txt");
  }

  @Test
  void anErrorInTheEventsCountsWhateverTheExitCode() throws InterruptedException {
    var turn =
        (AgentTurn.Failed)
            prompt(
                sh(
                    "echo '{\"type\":\"result\",\"subtype\":\"success\",\"is_error\":true,\"result\":\"API Error: 401\"}'"),
                "x");

    assertThat(turn.kind()).isEqualTo(FailureKind.AGENT_FAILED);
    assertThat(turn.message()).isEqualTo("API Error: 401");
  }

  @Test
  void aRefusedLoginCountsWhateverTheAgentMakesOfIt() throws InterruptedException {
    var gateway = new FakeGateway();
    world.gateway = gateway;
    var events =
        new AgentEvents() {
          @Override
          public void said(String text) {
            gateway.events.loginRefused(401, "no such key");
          }
        };
    AgentDefinition definition =
        AgentSetup.command("/bin/sh", "-c", "echo API Error: 401; sleep 1000; exit 0")
            .model("m-1")
            .api()
            .build();

    try (AgentSession session = world.agents(definition).open(world.request(), events)) {
      var turn = (AgentTurn.Failed) session.prompt("x", AgentWorld.LIMITS);

      assertThat(turn.kind()).isEqualTo(FailureKind.AGENT_LOGIN);
    }
    assertThat(processes.alive()).isEmpty();
  }

  @Test
  void textIsToldAsItIsAndTheExitCodeOfAFailureToo() throws InterruptedException {
    var turn =
        (AgentTurn.Failed)
            prompt(sh("echo '{ no json'; echo '{\"a\": 1}'; echo oops >&2; exit 4"), "x");

    assertThat(turn.message()).isEqualTo("its program ended with exit code 4, and said: oops");
    assertThat(world.events.lines()).containsExactly("said { no json\n", "said {\"a\":1}\n");
  }

  @Test
  void thePromptComesByArgumentFileOrInput() throws InterruptedException {
    String prompt = "Write 'a'; $(rm -rf x)\nplease {model}";

    assertThat(prompt(sh("printf %s \"$0\"", "{prompt}"), prompt).summary()).isEqualTo(prompt);
    assertThat(prompt(sh("cat \"$0\"", "{prompt_file}"), prompt).summary()).isEqualTo(prompt);
    assertThat(prompt(sh("cat"), prompt).summary()).isEqualTo(prompt);
    assertThat(world.home.resolve("prompt.md")).hasContent(prompt);
  }

  @Test
  void aPromptThatIsTooLongForACommandLineNamesTheWayOut() throws InterruptedException {
    var turn = (AgentTurn.Failed) prompt(sh("true", "{prompt}"), "ü".repeat(70_000));

    assertThat(turn.kind()).isEqualTo(FailureKind.AGENT_FAILED);
    assertThat(turn.message()).contains("{prompt_file}");
  }

  @Test
  void aProgramThatIsMissingIsUnavailable() throws InterruptedException {
    var turn =
        (AgentTurn.Failed)
            prompt(
                AgentWorld.definition(Protocol.COMMAND, List.of("no-such-agent", "{prompt}")), "x");

    assertThat(turn.kind()).isEqualTo(FailureKind.AGENT_UNAVAILABLE);
    assertThat(turn.message())
        .isEqualTo("could not start the agent 'tester': could not run it: no such program on PATH");
  }
}
