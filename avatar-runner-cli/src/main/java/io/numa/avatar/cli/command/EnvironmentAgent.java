package io.numa.avatar.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.cli.config.AgentEntry;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A known coding agent that is set up by the environment alone, for {@code exec} without a
 * configuration file.
 *
 * @param key the variable that holds the key for the model's host
 * @param baseUrl the variable that holds the host's address
 * @param usualUrl the address without that variable
 * @param model the variable that holds the model's name
 */
record EnvironmentAgent(String key, String baseUrl, String usualUrl, String model) {
  private static final EnvironmentAgent OPENAI =
      new EnvironmentAgent(
          "OPENAI_API_KEY", "OPENAI_BASE_URL", "https://api.openai.com/v1", "OPENAI_MODEL");

  private static final Map<String, EnvironmentAgent> OTHERS =
      Map.of(
          "gemini",
          new EnvironmentAgent(
              "GEMINI_API_KEY",
              "GOOGLE_GEMINI_BASE_URL",
              "https://generativelanguage.googleapis.com",
              "GEMINI_MODEL"),
          "claude",
          new EnvironmentAgent(
              "ANTHROPIC_API_KEY",
              "ANTHROPIC_BASE_URL",
              "https://api.anthropic.com",
              "ANTHROPIC_MODEL"),
          "kimi",
          new EnvironmentAgent(
              "KIMI_API_KEY", "KIMI_BASE_URL", "https://api.moonshot.ai/v1", "KIMI_MODEL_NAME"),
          "openhands",
          new EnvironmentAgent(
              "LLM_API_KEY", "LLM_BASE_URL", "https://api.openai.com/v1", "LLM_MODEL"));

  /** The variables of a known agent; empty if there is no preset of this name. */
  static Optional<EnvironmentAgent> of(String preset) {
    boolean known = List.of(AgentEntry.PRESETS.split("\\|")).contains(preset);
    return known ? Optional.of(OTHERS.getOrDefault(preset, OPENAI)) : Optional.empty();
  }

  /**
   * The value of {@code agents.available} that sets this agent up; empty if the environment has no
   * key for it.
   */
  Optional<String> setup(String preset, Map<String, String> environment) {
    String secret = environment.getOrDefault(key, "");
    if (secret.isBlank()) {
      return Optional.empty();
    }
    ObjectNode agent = JsonNodeFactory.instance.objectNode();
    agent.put("name", preset).put("preset", preset);
    String name = environment.getOrDefault(model, "");
    if (!name.isBlank()) {
      agent.put("model", name);
    }
    String url = environment.getOrDefault(baseUrl, "");
    agent.putObject("api").put("base_url", url.isBlank() ? usualUrl : url).put("key", secret);
    return Optional.of("[" + agent + "]");
  }

  /** What the operator can do where there is no agent. */
  static String advice(Optional<String> named) {
    Optional<EnvironmentAgent> wanted = named.flatMap(EnvironmentAgent::of);
    if (wanted.isPresent()) {
      EnvironmentAgent agent = wanted.get();
      return "set "
          + String.join(", ", agent.key, agent.model, agent.baseUrl)
          + " in the environment, or set an agent up under agents.available";
    }
    return "set an agent up under agents.available, or name a known one with --agent: "
        + AgentEntry.PRESET_WORDS;
  }
}
