package io.numa.avatar.agent.launch;

import io.numa.avatar.agent.preset.Preset;
import io.numa.avatar.agent.preset.Values;
import io.numa.avatar.agent.settings.AgentDefinition;
import io.numa.avatar.plan.CommandLine;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.agent.AgentIdentity;
import io.numa.avatar.port.agent.AgentRequest;
import io.numa.avatar.port.process.ProcessRequest;
import io.numa.avatar.task.FailureKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Everything that is needed to start an agent.
 *
 * @param values what the texts of the command can name
 * @param model the model that the agent is told to use
 * @param command the program and its arguments, in groups, without their values
 * @param environment variables to set, some of them secret
 * @param hidden files and folders of the repository that the agent must not see
 * @param services ports on this machine's loopback address that the agent reaches
 */
public record Launch(
    AgentDefinition agent,
    Preset preset,
    AgentRequest request,
    Values values,
    Optional<String> model,
    List<List<String>> command,
    Map<String, String> environment,
    Set<Path> hidden,
    Set<Integer> services) {
  /** Linux allows 128 KiB for an argument. */
  private static final int MAX_ARGUMENT = 120 * 1024;

  public Launch {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
    hidden = Set.copyOf(hidden);
    services = Set.copyOf(services);
  }

  /** The process of a session. */
  public ProcessRequest process() {
    return process(values);
  }

  /**
   * The process of one prompt.
   *
   * @throws PortException if the prompt cannot be handed to it
   */
  public ProcessRequest process(String prompt) {
    String text = prompt.replace("\0", "");
    Values more = values;
    if (names("{prompt}")) {
      if (text.getBytes(StandardCharsets.UTF_8).length > MAX_ARGUMENT) {
        throw failure(
            FailureKind.AGENT_FAILED,
            "the prompt is too long for its command line; name {prompt_file} there instead");
      }
      more = more.with("prompt", text);
    }
    return process(names("{prompt_file}") ? more.with("prompt_file", written(text)) : more);
  }

  /** Whether the process gets the prompt on its standard input, as its command does not name it. */
  public boolean promptsByInput() {
    return !names("{prompt}") && !names("{prompt_file}");
  }

  private ProcessRequest process(Values all) {
    return new ProcessRequest(
        new CommandLine.Argv(all.fillGroups(command)),
        request.directory(),
        environment,
        hidden,
        Optional.of(request.owner()),
        request.site().map(site -> site.withHome(request.home()).withServices(services)));
  }

  private boolean names(String value) {
    return command.stream().flatMap(List::stream).anyMatch(word -> word.contains(value));
  }

  private String written(String text) {
    try {
      return AgentHome.write(request.home(), "prompt.md", text).toString();
    } catch (IOException e) {
      throw unavailable("its prompt cannot be written: " + e.getMessage());
    }
  }

  public AgentIdentity identity(Optional<String> version, Optional<String> session) {
    return new AgentIdentity(agent.name(), version, model, session);
  }

  /** The failure of an agent that does not get ready. */
  public PortException unavailable(String reason) {
    return failure(FailureKind.AGENT_UNAVAILABLE, reason);
  }

  /** The failure of an agent that does not get ready, for a reason of this kind. */
  public PortException failure(FailureKind kind, String reason) {
    return new PortException(
        kind,
        String.format(Locale.ROOT, "could not start the agent '%s': %s", agent.name(), reason));
  }

  /** Leaves out the environment and the values, as they hold secrets. */
  @Override
  public String toString() {
    return "Launch[agent=" + agent.name() + ", command=" + command + ", hidden=" + hidden + ']';
  }
}
