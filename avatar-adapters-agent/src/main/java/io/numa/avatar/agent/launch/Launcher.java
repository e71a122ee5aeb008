package io.numa.avatar.agent.launch;

import io.numa.avatar.agent.gateway.GatewaySession;
import io.numa.avatar.agent.preset.Preset;
import io.numa.avatar.agent.preset.Presets;
import io.numa.avatar.agent.preset.Values;
import io.numa.avatar.agent.settings.AgentDefinition;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.Secret;
import io.numa.avatar.port.agent.AgentRequest;
import io.numa.avatar.port.process.Processes;
import io.numa.avatar.task.FailureKind;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Puts together what an agent's start needs. */
public final class Launcher {
  /**
   * Such as {@code openai/gpt-5.5} or {@code qwen3-coder:30b}; nothing that looks like a switch.
   */
  private static final Pattern MODEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/@+-]{0,199}");

  /** No program waits for an answer: Git asks for no password, and pages through nothing. */
  private static final Map<String, String> QUIET =
      Map.of("GIT_TERMINAL_PROMPT", "0", "PAGER", "cat", "GIT_PAGER", "cat");

  private final Processes processes;

  public Launcher(Processes processes) {
    this.processes = processes;
  }

  /**
   * Checks the model that a request asks for, before a way to it is opened.
   *
   * @throws PortException of kind {@code DENIED} if it is another than are allowed
   */
  public static void checkModel(AgentDefinition agent, AgentRequest request) {
    request.model().ifPresent(model -> checkModel(agent, model));
  }

  /** The models that a session may use, the agent's own among them; every one if empty. */
  public static Set<String> models(AgentDefinition agent) {
    return Stream.concat(agent.model().stream(), agent.models().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Makes the agent's HOME, and decides what it is told.
   *
   * @param gateway the way to its model, if it has one
   * @throws PortException of kind {@code DENIED} if the repository has files that configure the
   *     agent and they cannot be hidden; {@code AGENT_UNAVAILABLE} if HOME cannot be made
   */
  public Launch prepare(
      AgentDefinition agent, AgentRequest request, Optional<GatewaySession> gateway) {
    Preset preset = Presets.of(agent);
    Optional<String> model = request.model().or(agent::model);
    Values values = values(request.home(), model, gateway);
    var launch =
        new Launch(
            agent,
            preset,
            request,
            values,
            model,
            command(agent, preset),
            environment(agent, preset, values, request.home()),
            hidden(agent, preset, request.directory()),
            gateway.map(way -> way.address().getPort()).stream().collect(Collectors.toSet()));
    prepareHome(launch);
    return launch;
  }

  private static void checkModel(AgentDefinition agent, String model) {
    Set<String> allowed = models(agent);
    boolean known = allowed.isEmpty() ? agent.api().isEmpty() : allowed.contains(model);
    if (!known || !MODEL.matcher(model).matches()) {
      throw new PortException(
          FailureKind.DENIED,
          String.format(
              Locale.ROOT,
              "could not start the agent '%s': it may not use the model '%s'; it may use: %s",
              agent.name(),
              model,
              String.join(", ", allowed)));
    }
  }

  private static Values values(
      Path home, Optional<String> model, Optional<GatewaySession> gateway) {
    var known = new LinkedHashMap<String, String>();
    known.put("home", home.toString());
    model.ifPresent(name -> known.put("model", name));
    gateway.ifPresent(
        way -> {
          URI address = way.address();
          known.put("key", way.placeholder().reveal());
          known.put("base_url", address.toString());
          known.put("origin", address.getScheme() + "://" + address.getRawAuthority());
          known.put("path", address.getRawPath().replaceFirst("^/", ""));
        });
    return new Values(known);
  }

  private static List<List<String>> command(AgentDefinition agent, Preset preset) {
    var own = agent.command().isEmpty() ? preset.command() : groups(agent.command());
    return agent.trustRepository()
        ? own
        : Stream.concat(own.stream(), groups(preset.untrusted().command()).stream()).toList();
  }

  private static List<List<String>> groups(List<String> words) {
    return words.stream().map(List::of).toList();
  }

  private static Map<String, String> environment(
      AgentDefinition agent, Preset preset, Values values, Path home) {
    var environment = new LinkedHashMap<>(QUIET);
    environment.putAll(AgentHome.environment(home));
    environment.putAll(values.fillVariables(preset.environment()));
    if (!agent.trustRepository()) {
      environment.putAll(values.fillVariables(preset.untrusted().environment()));
    }
    environment.putAll(agent.environment());
    agent.secrets().forEach((name, secret) -> environment.put(name, reveal(secret)));
    return environment;
  }

  /** The operator gives these to this agent alone. */
  private static String reveal(Secret secret) {
    return secret.reveal();
  }

  private Set<Path> hidden(AgentDefinition agent, Preset preset, Path tree) {
    if (agent.trustRepository()) {
      return Set.of();
    }
    Set<Path> files = RepositoryFiles.find(tree, preset.hidden());
    if (!files.isEmpty() && !processes.canHide()) {
      throw new PortException(
          FailureKind.DENIED,
          String.format(
              Locale.ROOT,
              "could not start the agent '%s': the repository has files that configure it, and this"
                  + " system cannot hide them: %s; set 'trust_repository' to let the agent load them",
              agent.name(),
              files.stream()
                  .map(file -> file.getFileName().toString())
                  .collect(Collectors.joining(", "))));
    }
    return files;
  }

  private static void prepareHome(Launch launch) {
    try {
      AgentHome.prepare(launch.request().home(), launch.preset(), launch.values());
    } catch (IOException e) {
      throw launch.unavailable("its HOME cannot be made: " + e.getMessage());
    }
  }
}
