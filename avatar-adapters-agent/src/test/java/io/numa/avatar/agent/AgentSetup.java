package io.numa.avatar.agent;

import io.numa.avatar.agent.settings.AgentDefinition;
import io.numa.avatar.agent.settings.AgentDefinition.Protocol;
import io.numa.avatar.agent.settings.ModelApi;
import io.numa.avatar.port.Secret;
import io.numa.avatar.port.agent.AgentLimits;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Builds the definition of an agent. */
final class AgentSetup {
  private Optional<String> preset = Optional.empty();
  private Optional<Protocol> protocol = Optional.empty();
  private List<String> command = List.of();
  private Optional<String> model = Optional.empty();
  private Optional<ModelApi> api = Optional.empty();
  private List<String> models = List.of();
  private Map<String, String> environment = Map.of();
  private Map<String, Secret> secrets = Map.of();
  private Set<String> denied = Set.of();
  private boolean trusting;
  private int concurrency = 1;
  private AgentLimits limits = AgentWorld.LIMITS;

  static AgentSetup acp(String... command) {
    var setup = new AgentSetup();
    setup.protocol = Optional.of(Protocol.ACP);
    setup.command = List.of(command);
    return setup;
  }

  static AgentSetup command(String... command) {
    var setup = acp(command);
    setup.protocol = Optional.of(Protocol.COMMAND);
    return setup;
  }

  static AgentSetup preset(String name) {
    var setup = new AgentSetup();
    setup.preset = Optional.of(name);
    return setup;
  }

  AgentSetup model(String name) {
    model = Optional.of(name);
    return this;
  }

  AgentSetup models(String... names) {
    models = List.of(names);
    return this;
  }

  AgentSetup api() {
    api =
        Optional.of(
            new ModelApi(URI.create("https://llm.example.com/v1"), () -> new Secret("real-key")));
    return this;
  }

  AgentSetup environment(Map<String, String> variables, Map<String, Secret> more) {
    environment = variables;
    secrets = more;
    return this;
  }

  AgentSetup denying(String kind) {
    denied = Set.of(kind);
    return this;
  }

  AgentSetup trusting() {
    trusting = true;
    return this;
  }

  AgentSetup concurrency(int sessions) {
    concurrency = sessions;
    return this;
  }

  AgentSetup limits(AgentLimits other) {
    limits = other;
    return this;
  }

  AgentDefinition build() {
    return new AgentDefinition(
        "tester",
        preset,
        protocol,
        command,
        model,
        api,
        models,
        environment,
        secrets,
        denied,
        trusting,
        concurrency,
        limits);
  }
}
