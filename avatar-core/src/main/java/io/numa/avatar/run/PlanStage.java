package io.numa.avatar.run;

import io.numa.avatar.plan.DevelopmentPlan;
import io.numa.avatar.plan.PlanProblem;
import io.numa.avatar.plan.PlanSource;
import io.numa.avatar.plan.PlannedStep;
import io.numa.avatar.plan.Step;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.agent.AgentLimits;
import io.numa.avatar.port.agent.CodingAgents;
import io.numa.avatar.run.review.IgnoredWishes;
import io.numa.avatar.run.text.StepText;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.StageFailedException;
import io.numa.avatar.task.Task;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads a task's development plan, and refuses one that cannot be carried out. */
final class PlanStage {
  private final StageContext context;

  PlanStage(StageContext context) {
    this.context = context;
  }

  /**
   * @throws StageFailedException of kind {@code INVALID_PLAN} if the plan breaks its rules, {@code
   *     NO_AGENT} if it needs a coding agent that is not there
   */
  DevelopmentPlan run(Task task) throws StageFailedException {
    context.enter(Stage.PLAN);
    DevelopmentPlan plan = plan(task.plan());
    for (PlannedStep step : plan.steps()) {
      if (step.step() instanceof Step.Agent agent) {
        Optional<String> name = agent.agent().or(() -> task.options().agent());
        String label = new StepText(context.settings().redactor()).label(step);
        requireAgent(name, label);
        tellRaised(name, label, agent);
      }
    }
    Optional<String> repairs = plan.testPolicy().repair().agent();
    if (repairs.isPresent()) {
      requireAgent(repairs, "test.repair_agent");
    }
    if (plan.review().isSaid()) {
      requireAgent(plan.review().agent(), "review.agent");
    }
    int steps = plan.steps().size();
    context.say("the plan has " + steps + (steps == 1 ? " step" : " steps"));
    return plan;
  }

  private void tellRaised(Optional<String> name, String label, Step.Agent step) {
    CodingAgents agents = context.ports().agents();
    AgentLimits limits = agents.limits(name.orElseGet(() -> agents.names().get(0)));
    IgnoredWishes.raised(label, step.bounds(), limits).forEach(context::ignore);
  }

  private void requireAgent(Optional<String> name, String where) throws StageFailedException {
    List<String> names = context.ports().agents().names();
    if (names.isEmpty() || name.filter(asked -> !names.contains(asked)).isPresent()) {
      PortException unknown = CodingAgents.unknown(name.orElse(""), names);
      throw new StageFailedException(unknown.kind(), where + ": " + unknown.getMessage());
    }
  }

  private static DevelopmentPlan plan(PlanSource source) throws StageFailedException {
    if (source instanceof PlanSource.Invalid invalid) {
      throw new StageFailedException(
          FailureKind.INVALID_PLAN,
          invalid.problems().stream()
              .map(PlanProblem::words)
              .collect(Collectors.joining("\n", "the development plan breaks its rules:\n", "")));
    }
    return source instanceof PlanSource.Prose prose
        ? DevelopmentPlan.of(Step.Agent.of(prose.text()))
        : ((PlanSource.Structured) source).plan();
  }
}
