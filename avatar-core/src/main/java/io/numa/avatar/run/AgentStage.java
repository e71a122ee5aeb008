package io.numa.avatar.run;

import io.numa.avatar.plan.RepairPolicy;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.journal.AgentSpending;
import io.numa.avatar.port.repository.WorkingCopy;
import io.numa.avatar.run.agent.AgentInbox;
import io.numa.avatar.run.agent.AgentPolicies;
import io.numa.avatar.run.agent.AgentPrompts;
import io.numa.avatar.run.agent.AgentSite;
import io.numa.avatar.run.agent.AgentTold;
import io.numa.avatar.run.agent.AgentWork;
import io.numa.avatar.run.command.AttemptSandboxes;
import io.numa.avatar.run.guard.Guard;
import io.numa.avatar.run.history.PatchFile;
import io.numa.avatar.run.test.TestChoice;
import io.numa.avatar.run.text.StepText;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.agent.AgentReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Prepares the coding agents of an attempt, and tells the backend and the listener of their work.
 */
final class AgentStage implements AgentTold {
  /** The most bytes of an earlier attempt's change in a prompt. */
  private static final int MAX_EARLIER = 20_000;

  private final StageContext context;
  private final Assignment assignment;
  private final WorkingCopy copy;
  private final AttemptSandboxes sandboxes;
  private final AgentInbox inbox;

  AgentStage(
      StageContext context,
      Assignment assignment,
      WorkingCopy copy,
      AttemptSandboxes sandboxes,
      AgentInbox inbox) {
    this.context = context;
    this.assignment = assignment;
    this.copy = copy;
    this.sandboxes = sandboxes;
    this.inbox = inbox;
  }

  /** The agents; none of them works yet. The working copy has the base commit's files. */
  AgentWork agents() throws IOException {
    RunEnvironment environment = context.environment();
    var site =
        new AgentSite(
            context.ports().agents(),
            context.attempt(),
            copy,
            sandboxes,
            context.settings().guard().maxFileSize(),
            context.home().resolve("agents"),
            environment.files().record(context.attempt().task(), context.attempt().id()),
            context.log(),
            environment.journal(),
            environment.time(),
            this,
            inbox);
    return new AgentWork(site, prompts(), policies());
  }

  private AgentPolicies policies() {
    RepairPolicy repair =
        assignment.plan().testPolicy().or(context.settings().testPolicy()).repair();
    List<String> names = context.ports().agents().names();
    return new AgentPolicies(
        assignment.task().options().agent().orElse(names.isEmpty() ? "" : names.get(0)),
        repair.agent(),
        repair.repairs().orElse(context.settings().agents().repairs()),
        assignment.plan().allowEmpty());
  }

  private AgentPrompts prompts() throws IOException {
    return new AgentPrompts(
        context.settings().agents().promptFrame(),
        assignment.task().title(),
        rules(),
        wantsAgents() ? tests() : "",
        wantsAgents() ? earlierChange() : Optional.empty(),
        context.settings().redactor(),
        context::say);
  }

  /** The change of the last attempt that was stopped while an agent worked. */
  private Optional<String> earlierChange() throws IOException {
    TaskId task = assignment.task().id();
    Optional<String> last = Optional.empty();
    for (AgentSpending spent : context.environment().journal().spending(task)) {
      if (!spent.attempt().equals(context.attempt().id())) {
        PatchFile file = context.environment().files().patch(task, spent.attempt());
        Optional<String> change = file.beginning(MAX_EARLIER);
        last = change.isPresent() ? change : last;
      }
    }
    return last;
  }

  private boolean wantsAgents() {
    return assignment.plan().testPolicy().repair().agent().isPresent() || assignment.hasAgentStep();
  }

  private List<String> rules() {
    Guard guard = context.settings().guard();
    var rules = new ArrayList<String>();
    List<String> globs = guard.protectedPaths().globs();
    if (!globs.isEmpty()) {
      rules.add("A change of these paths is refused: " + String.join(", ", globs));
    }
    rules.add(
        "A change of more than "
            + guard.maxFiles()
            + " files, or with a file of more than "
            + guard.maxFileSize()
            + " bytes, is refused.");
    return rules;
  }

  /** How the change will be tested, in a sentence. */
  private String tests() throws IOException {
    Ports ports = context.ports();
    var choice =
        new TestChoice(
            assignment.givenTest(), ports.projectSettings(), ports.testDetection(), List.of());
    try {
      return choice
          .in(copy.directory())
          .command()
          .map(command -> new StepText(context.settings().redactor()).script(command))
          .map(command -> "The pipeline will run this, and it must succeed:\n\n    " + command)
          .orElse("The pipeline knows no tests of this project.");
    } catch (PortException e) {
      return "The pipeline runs the project's tests.";
    }
  }

  @Override
  public void begins(AgentReport report, String why) {
    if (context.progress().stage() != Stage.DEVELOP) {
      context.enter(Stage.DEVELOP);
    }
    announce(report, why);
  }

  @Override
  public void announce(AgentReport report, String newest) {
    context.announce(report, newest);
    show(report, newest);
  }

  @Override
  public void record(AgentReport report) {
    context.progress().worked(report);
  }

  @Override
  public void show(AgentReport report, String newest) {
    context
        .environment()
        .listener()
        .worked(assignment.task().id(), context.progress().shown(report), newest);
  }
}
