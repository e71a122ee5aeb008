package io.numa.avatar.cli.rogue;

import io.numa.avatar.testkit.agent.TestAgent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A coding agent that misbehaves, and how its task must end.
 *
 * @param name of the agent
 * @param script for the test agent; see {@link TestAgent}
 * @param switches of the test agent
 * @param command to start in place of the test agent; empty for the test agent
 * @param settings more keys of the agent's configuration, one a line
 * @param repository that the task is for
 * @param end the kind of failure; {@code done} if the task must succeed
 * @param checks of what is left when the task has ended
 */
record Rogue(
    String name,
    String script,
    List<String> switches,
    List<String> command,
    List<String> settings,
    String repository,
    String end,
    List<Consumer<Ended>> checks) {
  static final String DONE = "done";

  /** An agent that does as the script says. */
  static Rogue of(String name, String... script) {
    return new Rogue(
        name,
        String.join("\n", script),
        List.of(),
        List.of(),
        List.of(),
        RogueWorld.REPOSITORY,
        DONE,
        List.of());
  }

  Rogue with(String... more) {
    return new Rogue(name, script, List.of(more), command, settings, repository, end, checks);
  }

  /** Another program than the test agent. */
  Rogue startedBy(String... words) {
    return new Rogue(name, script, switches, List.of(words), settings, repository, end, checks);
  }

  Rogue set(String setting) {
    var more = new ArrayList<>(settings);
    more.add(setting);
    return new Rogue(name, script, switches, command, more, repository, end, checks);
  }

  Rogue limits(String limits) {
    return set("limits: {" + limits + "}");
  }

  Rogue in(String other) {
    return new Rogue(name, script, switches, command, settings, other, end, checks);
  }

  Rogue ends(String kind) {
    return new Rogue(name, script, switches, command, settings, repository, kind, checks);
  }

  Rogue and(Consumer<Ended> check) {
    var more = new ArrayList<>(checks);
    more.add(check);
    return new Rogue(name, script, switches, command, settings, repository, end, more);
  }

  boolean succeeds() {
    return end.equals(DONE);
  }

  List<String> command(Path file) {
    return command.isEmpty() ? TestAgent.command(file, switches.toArray(String[]::new)) : command;
  }

  @Override
  public String toString() {
    return name + ": " + end;
  }
}
