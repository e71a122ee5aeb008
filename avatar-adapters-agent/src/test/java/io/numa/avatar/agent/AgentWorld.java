package io.numa.avatar.agent;

import io.numa.avatar.agent.gateway.ModelGateway;
import io.numa.avatar.agent.settings.AgentDefinition;
import io.numa.avatar.agent.settings.AgentDefinition.Protocol;
import io.numa.avatar.agent.settings.AgentsSettings;
import io.numa.avatar.port.agent.AgentLimits;
import io.numa.avatar.port.agent.AgentRequest;
import io.numa.avatar.port.agent.AgentSession;
import io.numa.avatar.port.process.Processes;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.testkit.agent.TestAgent;
import io.numa.avatar.time.TimeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** A working tree, a HOME, and agents that work there. */
final class AgentWorld {
  static final ModelGateway NO_GATEWAY =
      (request, events) -> {
        throw new AssertionError("no gateway is expected");
      };

  static final AgentLimits LIMITS =
      new AgentLimits(
          Duration.ofSeconds(60),
          Duration.ofSeconds(60),
          Duration.ofSeconds(60),
          Duration.ofSeconds(60),
          OptionalLong.empty(),
          OptionalLong.empty(),
          Optional.empty());

  final Path tree;
  final Path home;
  final RecordedEvents events = new RecordedEvents();
  final Processes processes;
  ModelGateway gateway = NO_GATEWAY;
  TimeSource time = TimeSource.SYSTEM;

  AgentWorld(Path folder, Processes processes) {
    this.tree = folder.resolve("tree");
    this.home = folder.resolve("home");
    this.processes = processes;
    try {
      Files.createDirectories(tree);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An agent that is the test agent with this script. */
  AgentDefinition scripted(String script, String... switches) {
    return definition(Protocol.ACP, TestAgent.command(script(script), switches));
  }

  /** The same, as one process for each prompt. */
  AgentDefinition command(String script, String... words) {
    var command = new ArrayList<>(TestAgent.command(script(script)));
    command.addAll(List.of(words));
    return definition(Protocol.COMMAND, command);
  }

  static AgentDefinition definition(Protocol protocol, List<String> command) {
    return new AgentDefinition(
        "tester",
        Optional.empty(),
        Optional.of(protocol),
        command,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Map.of(),
        Map.of(),
        Set.of(),
        false,
        1,
        LIMITS);
  }

  ProgramCodingAgents agents(AgentDefinition... definitions) {
    return new ProgramCodingAgents(
        new AgentsSettings(List.of(definitions), Map.of(), true), processes, gateway, time);
  }

  AgentSession open(AgentDefinition definition) throws InterruptedException {
    return agents(definition).open(request(), events);
  }

  AgentRequest request() {
    return new AgentRequest(
        "tester",
        Optional.empty(),
        tree,
        home,
        AttemptId.random(),
        Optional.of(tree.resolveSibling("1.llm.jsonl")),
        Optional.empty());
  }

  private Path script(String text) {
    try {
      return Files.writeString(Files.createTempFile(tree.getParent(), "agent", ".script"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
