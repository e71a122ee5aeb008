package io.numa.avatar.run;

import io.numa.avatar.plan.PlanSource;
import io.numa.avatar.plan.PlannedStep;
import io.numa.avatar.plan.ProjectFile;
import io.numa.avatar.plan.RepairPolicy;
import io.numa.avatar.plan.Step;
import io.numa.avatar.plan.TestPolicy.Dilution;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.journal.AgentSpending;
import io.numa.avatar.port.repository.WorkingCopy;
import io.numa.avatar.port.sandbox.WorkKind;
import io.numa.avatar.run.agent.AgentInbox;
import io.numa.avatar.run.agent.AgentPolicies;
import io.numa.avatar.run.agent.AgentPrompts;
import io.numa.avatar.run.agent.AgentSite;
import io.numa.avatar.run.agent.AgentTold;
import io.numa.avatar.run.agent.AgentWork;
import io.numa.avatar.run.agent.Reviewer;
import io.numa.avatar.run.command.AttemptSandboxes;
import io.numa.avatar.run.guard.Guard;
import io.numa.avatar.run.history.PatchFile;
import io.numa.avatar.run.review.ChangeReview;
import io.numa.avatar.run.review.IgnoredWishes;
import io.numa.avatar.run.review.ReviewChoice;
import io.numa.avatar.run.review.ReviewPrompt;
import io.numa.avatar.run.test.TestChoice;
import io.numa.avatar.run.text.StepText;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.agent.AgentReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
            new Reviews(),
            inbox);
    return new AgentWork(site, prompts(), policies());
  }

  /**
   * What reviews the changes; empty if nothing asks for that. Tells what the plan and the
   * repository ask for in vain.
   *
   * @param base what the base commit says of the project
   * @throws PortException of kind {@code NO_AGENT} if there is no agent of the chosen name, {@code
   *     SANDBOX_UNAVAILABLE} if no sandbox is as strong as the operator demands
   */
  Optional<ChangeReview> reviews(ProjectFile base, AgentWork agents) {
    var asked =
        new ReviewChoice.Asked(
            context.settings().agents().review(), assignment.plan().review(), base.review());
    asked.ignored().forEach(context::ignore);
    milderDilution(base).forEach(context::ignore);
    Optional<ReviewChoice> choice =
        ReviewChoice.of(
            asked, context.ports().agents().names(), assignment.task().options().agent());
    if (choice.isPresent()) {
      new NeededSandboxes(Set.of(WorkKind.AGENT))
          .require(context.ports().sandboxes(), Optional.of(assignment.application().repository()));
    }
    return choice.map(
        chosen ->
            new ChangeReview(
                new Reviewer(agents), context.ports().reviews(), chosen, reviewPrompt()));
  }

  private List<String> milderDilution(ProjectFile base) {
    Optional<Dilution> operators = context.settings().testPolicy().dilution();
    return Stream.of(
            IgnoredWishes.milder(
                "the plan's test.dilution",
                assignment.plan().testPolicy().dilution(),
                operators,
                Dilution::word),
            IgnoredWishes.milder(
                "the repository's test.dilution", base.dilution(), operators, Dilution::word))
        .flatMap(Optional::stream)
        .toList();
  }

  private ReviewPrompt reviewPrompt() {
    Task task = assignment.task();
    var texts = new StepText(context.settings().redactor());
    String words =
        task.plan() instanceof PlanSource.Prose prose
            ? prose.text()
            : assignment.plan().steps().stream()
                .map(step -> words(step, texts))
                .collect(Collectors.joining("\n", "The task was a plan of these steps:\n", ""));
    return new ReviewPrompt(task.title(), words, context.settings().redactor(), context::say);
  }

  private static String words(PlannedStep step, StepText texts) {
    return step.step() instanceof Step.Agent agent
        ? "- " + texts.label(step) + ":\n" + agent.prompt().indent(4).stripTrailing()
        : "- " + texts.label(step);
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

  /** Tells of the agents that review. */
  private final class Reviews implements AgentTold {
    @Override
    public void begins(AgentReport report, String why) {
      announce(report, why);
    }

    @Override
    public void announce(AgentReport report, String newest) {
      context.announceReview(report, newest);
      show(report, newest);
    }

    @Override
    public void record(AgentReport report) {
      // The report stays that of the agent that made the change.
    }

    @Override
    public void show(AgentReport report, String newest) {
      AgentStage.this.show(report, newest);
    }
  }
}
