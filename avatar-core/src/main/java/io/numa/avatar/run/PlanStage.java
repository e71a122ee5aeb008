package io.numa.avatar.run;

import io.numa.avatar.plan.DevelopmentPlan;
import io.numa.avatar.plan.PlanProblem;
import io.numa.avatar.plan.PlanSource;
import io.numa.avatar.plan.PlannedStep;
import io.numa.avatar.plan.Step;
import io.numa.avatar.run.develop.PlanExecutor;
import io.numa.avatar.run.text.StepText;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.StageFailedException;
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
   *     NO_AGENT} if it needs a coding agent
   */
  DevelopmentPlan run(PlanSource source) throws StageFailedException {
    context.enter(Stage.PLAN);
    DevelopmentPlan plan = plan(source);
    Optional<PlannedStep> agentStep =
        plan.steps().stream().filter(step -> step.step() instanceof Step.Agent).findFirst();
    if (agentStep.isPresent()) {
      throw new StageFailedException(
          FailureKind.NO_AGENT,
          new StepText(context.settings().redactor()).label(agentStep.get())
              + ": "
              + PlanExecutor.NO_AGENT);
    }
    int steps = plan.steps().size();
    context.say("the plan has " + steps + (steps == 1 ? " step" : " steps"));
    return plan;
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
