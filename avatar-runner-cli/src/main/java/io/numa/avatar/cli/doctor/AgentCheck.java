package io.numa.avatar.cli.doctor;

import io.numa.avatar.agent.preset.PresetAdvice;
import io.numa.avatar.agent.preset.Presets;
import io.numa.avatar.agent.settings.AgentDefinition;
import io.numa.avatar.agent.settings.AgentDefinition.Protocol;
import io.numa.avatar.cli.console.AgentNotice;
import io.numa.avatar.plan.AgentBounds;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.agent.AgentEvents;
import io.numa.avatar.port.agent.AgentRequest;
import io.numa.avatar.port.agent.AgentSession;
import io.numa.avatar.port.agent.AgentTurn;
import io.numa.avatar.port.agent.CodingAgents;
import io.numa.avatar.port.sandbox.SandboxSite;
import io.numa.avatar.port.sandbox.WorkKind;
import io.numa.avatar.run.text.AgentText;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.time.Durations;
import io.numa.avatar.time.TimeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Checks coding agents: finds their programs, starts each one as a task does, and, if wanted, asks
 * its model something.
 */
public final class AgentCheck {
  private static final int FEW = 60;

  /** Enough for one word, also where a model thinks first. */
  private static final AgentBounds BOUNDS =
      new AgentBounds(
          Optional.of(Duration.ofMinutes(2)),
          OptionalLong.of(5),
          OptionalLong.empty(),
          Optional.empty());

  private static final String QUESTION =
      "This is a check whether you can be reached. Use no tools. Answer with the one word: ready";

  private final CodingAgents agents;
  private final List<AgentDefinition> definitions;
  private final ProgramSearch programs;
  private final Path scratch;
  private final Scope scope;

  /** How far to go. */
  public enum Scope {
    /** Start each agent. */
    START,
    /** Also send each one a short prompt, which may cost something. */
    PROMPT
  }

  /**
   * @param definitions the same agents, as they are set up
   * @param scratch an empty folder, in which agents are started
   */
  public AgentCheck(
      CodingAgents agents,
      List<AgentDefinition> definitions,
      ProgramSearch programs,
      Path scratch,
      Scope scope) {
    this.agents = agents;
    this.definitions = definitions;
    this.programs = programs;
    this.scratch = scratch;
    this.scope = scope;
  }

  List<CheckResult> run() throws InterruptedException {
    if (definitions.isEmpty()) {
      return List.of(
          CheckResult.doubtful(
              "agents",
              "none is configured (agents.available), so tasks of prose are left to others"));
    }
    var results = new ArrayList<CheckResult>();
    for (AgentDefinition agent : definitions) {
      results.addAll(check(agent));
    }
    results.add(CheckResult.doubtful("agents", AgentNotice.EXPERIMENTAL));
    return results;
  }

  private List<CheckResult> check(AgentDefinition agent) throws InterruptedException {
    String subject = "agent " + agent.name();
    Optional<String> program = program(agent);
    if (program.isPresent() && programs.find(program.get()).isEmpty()) {
      return List.of(
          CheckResult.bad(
              subject,
              "there is no program '"
                  + program.get()
                  + "'; install it, or name it by its path in 'command'"));
    }
    var results = new ArrayList<CheckResult>();
    results.addAll(start(agent, subject, program.flatMap(programs::find)));
    results.addAll(switches(agent, subject));
    return results;
  }

  /** Its program; empty if the preset does not say. */
  private static Optional<String> program(AgentDefinition agent) {
    Stream<String> words =
        agent.command().isEmpty()
            ? Presets.of(agent).command().stream().flatMap(List::stream)
            : agent.command().stream();
    return words.findFirst();
  }

  private List<CheckResult> start(AgentDefinition agent, String subject, Optional<Path> program)
      throws InterruptedException {
    long begin = TimeSource.SYSTEM.nanoTime();
    try (AgentSession session = agents.open(request(agent), new AgentEvents() {})) {
      String ready =
          program.map(path -> path + ", ").orElse("")
              + session.identity().version().map(version -> "version " + version + ", ").orElse("")
              + (isCommand(agent)
                  ? "started for each prompt"
                  : "ready over ACP in " + since(begin));
      CheckResult started = CheckResult.good(subject, ready);
      return scope == Scope.PROMPT ? List.of(started, ask(agent, session)) : List.of(started);
    } catch (PortException e) {
      return List.of(CheckResult.bad(subject, e.getMessage()));
    }
  }

  private static boolean isCommand(AgentDefinition agent) {
    return agent.protocol().orElseGet(() -> Presets.of(agent).protocol()) == Protocol.COMMAND;
  }

  private CheckResult ask(AgentDefinition agent, AgentSession session) throws InterruptedException {
    String subject = "model of " + agent.name();
    long begin = TimeSource.SYSTEM.nanoTime();
    AgentTurn turn = session.prompt(QUESTION, agent.limits().loweredTo(BOUNDS));
    if (turn instanceof AgentTurn.Completed completed && !completed.summary().isBlank()) {
      return CheckResult.good(
          subject,
          session.identity().model().map(model -> model + " ").orElse("")
              + "answers in "
              + since(begin)
              + " ("
              + AgentText.brief(turn.usage())
              + ")"
              + brief(completed.summary()));
    }
    return CheckResult.bad(subject, "does not answer: " + reason(turn));
  }

  private static String reason(AgentTurn turn) {
    if (turn instanceof AgentTurn.Failed failed) {
      return failed.kind().word() + ": " + failed.message();
    }
    if (turn instanceof AgentTurn.LimitReached reached) {
      return reached.message();
    }
    return turn.summary().isBlank()
        ? "the agent said nothing"
        : "the agent refuses" + brief(turn.summary());
  }

  /** Settings without which an agent is less safe, or costs are not counted. */
  private static List<CheckResult> switches(AgentDefinition agent, String subject) {
    var results = new ArrayList<CheckResult>();
    if (agent.api().isEmpty()) {
      results.add(
          CheckResult.doubtful(
              subject,
              "has no 'api': it needs a login of its own, which its empty HOME does not have, and"
                  + " tokens and costs are not counted"));
    }
    PresetAdvice.of(agent).forEach(advice -> results.add(CheckResult.doubtful(subject, advice)));
    if (agent.trustRepository()) {
      results.add(
          CheckResult.doubtful(
              subject,
              "has 'trust_repository': files of a repository can run code in it, before its first prompt"));
    }
    return results;
  }

  private AgentRequest request(AgentDefinition agent) {
    try {
      Path folder = Files.createDirectories(scratch.resolve(agent.name()));
      Path tree = Files.createDirectories(folder.resolve("tree"));
      var site =
          new SandboxSite(WorkKind.AGENT, RepositoryUrl.parse(tree.toString()), tree, Set.of());
      return new AgentRequest(
          agent.name(),
          Optional.empty(),
          tree,
          folder.resolve("home"),
          AttemptId.random(),
          Optional.empty(),
          Optional.of(site));
    } catch (IOException e) {
      throw new UncheckedIOException("could not make a folder for an agent", e);
    }
  }

  private static String since(long begin) {
    return Durations.text(TimeSource.SYSTEM.since(begin));
  }

  /** The agent's words if they are few, such as the expected one. */
  private static String brief(String summary) {
    String words = summary.strip();
    return words.length() <= FEW && words.lines().count() == 1 ? ": " + words : "";
  }
}
