package io.numa.avatar.agent.settings;

import io.numa.avatar.port.Secret;
import io.numa.avatar.port.agent.AgentLimits;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A coding agent that the operator has set up.
 *
 * @param name a name of the operator's
 * @param preset the built-in knowledge of a known agent, by its name; empty for an agent of the
 *     operator's own
 * @param protocol how to speak with it; if empty, the preset says, else {@code ACP}
 * @param command the program and its arguments; if empty, the preset says
 * @param model told to the agent in the way that its preset knows
 * @param api the model's host; without it the agent logs in by itself, and nothing is counted
 * @param models what the gateway lets through; {@code model} alone if empty
 * @param environment further variables for this agent alone
 * @param secrets the same, for values that must not be printed
 * @param denied the kinds of tools that are refused, such as {@code fetch}
 * @param trustRepository whether it may load configuration, hooks and plugins of the repository
 * @param concurrency how many sessions at a time, at least 1
 */
public record AgentDefinition(
    String name,
    Optional<String> preset,
    Optional<Protocol> protocol,
    List<String> command,
    Optional<String> model,
    Optional<ModelApi> api,
    List<String> models,
    Map<String, String> environment,
    Map<String, Secret> secrets,
    Set<String> denied,
    boolean trustRepository,
    int concurrency,
    AgentLimits limits) {
  public AgentDefinition {
    command = List.copyOf(command);
    models = List.copyOf(models);
    environment = Map.copyOf(environment);
    secrets = Map.copyOf(secrets);
    denied = Set.copyOf(denied);
  }

  /** The ways to speak with an agent. */
  public enum Protocol {
    /** The Agent Client Protocol: one process for a session, JSON-RPC by lines. */
    ACP,
    /** One process for each prompt. */
    COMMAND
  }
}
