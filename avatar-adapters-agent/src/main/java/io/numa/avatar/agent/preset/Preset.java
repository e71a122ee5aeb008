package io.numa.avatar.agent.preset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.agent.settings.AgentDefinition.Protocol;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of an agent. Its texts may name values, such as {@code {model}}; {@link Values}
 * fills them in, and leaves out what names a value that is missing.
 *
 * @param command the program and its arguments, in groups that are left out as a whole
 * @param environment variables to set
 * @param files settings files by their path below the agent's HOME: a JSON tree, or a list of lines
 * @param folders folders to make below the agent's HOME
 * @param hidden files and folders of a repository that configure this agent
 * @param baseUrlEnd how the base URL of this agent's model must end, such as {@code /v1}
 * @param noise how messages of the agent's program begin that are no messages of the agent
 * @param untrusted what is added while the repository is not trusted
 */
public record Preset(
    Protocol protocol,
    List<List<String>> command,
    Map<String, String> environment,
    Map<String, JsonNode> files,
    List<String> folders,
    Set<String> hidden,
    Optional<String> baseUrlEnd,
    List<String> noise,
    Untrusted untrusted) {
  public Preset {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
    files = Map.copyOf(files);
    folders = List.copyOf(folders);
    hidden = Set.copyOf(hidden);
    noise = List.copyOf(noise);
  }

  /**
   * What keeps an agent from running code of a repository.
   *
   * @param command arguments to add
   * @param environment variables to add
   * @param sessionMeta the field {@code _meta} of the protocol's {@code session/new}
   */
  public record Untrusted(
      List<String> command, Map<String, String> environment, Optional<ObjectNode> sessionMeta) {
    static final Untrusted NOTHING = new Untrusted(List.of(), Map.of(), Optional.empty());

    public Untrusted {
      command = List.copyOf(command);
      environment = Map.copyOf(environment);
    }
  }

  /** Whether a message is one of the agent's program, such as a warning at its start. */
  public boolean isNoise(String message) {
    return noise.stream().anyMatch(message::startsWith);
  }
}
