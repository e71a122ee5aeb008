package io.numa.avatar.run;

import io.numa.avatar.plan.DevelopmentPlan;
import io.numa.avatar.plan.PlanSource;
import io.numa.avatar.plan.PlannedStep;
import io.numa.avatar.plan.Step;
import io.numa.avatar.plan.TestCommand;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.sandbox.Sandboxes;
import io.numa.avatar.port.sandbox.WorkKind;
import io.numa.avatar.run.RunSettings.Delivery;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.task.Task;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * The kinds of work that a task needs sandboxes for: its tests too, unless it says that it has
 * none. A repository may turn out to need more, such as for its setup.
 */
record NeededSandboxes(Set<WorkKind> kinds) {
  NeededSandboxes {
    kinds = Set.copyOf(kinds);
  }

  /** What is known before the task is claimed. */
  static NeededSandboxes of(Task task, RunSettings settings) {
    if (task.plan() instanceof PlanSource.Invalid) {
      return new NeededSandboxes(Set.of());
    }
    DevelopmentPlan plan =
        task.plan() instanceof PlanSource.Structured structured
            ? structured.plan()
            : DevelopmentPlan.of(Step.Agent.of(((PlanSource.Prose) task.plan()).text()));
    return of(plan, plan.test().or(() -> task.options().test()), settings);
  }

  /** What is known when the application was fetched. */
  static NeededSandboxes of(Assignment assignment, RunSettings settings) {
    return of(assignment.plan(), assignment.givenTest(), settings);
  }

  private static NeededSandboxes of(
      DevelopmentPlan plan, Optional<TestCommand> test, RunSettings settings) {
    boolean shown = settings.delivery() == Delivery.SHOW;
    var kinds = EnumSet.noneOf(WorkKind.class);
    for (PlannedStep step : plan.steps()) {
      if (step.step() instanceof Step.Run) {
        kinds.add(WorkKind.RUN);
      } else if (step.step() instanceof Step.Agent) {
        kinds.add(WorkKind.AGENT);
      }
    }
    if (plan.testPolicy().repair().agent().isPresent()) {
      kinds.add(WorkKind.AGENT);
    }
    if (!shown && (plan.review().isSaid() || settings.agents().review().isSaid())) {
      kinds.add(WorkKind.AGENT);
    }
    if (!shown && test.filter(TestCommand.None.class::isInstance).isEmpty()) {
      kinds.add(WorkKind.TEST);
    }
    return new NeededSandboxes(kinds);
  }

  /**
   * Checks that each kind has the sandbox that the operator demands.
   *
   * @param repository empty if it is not known yet
   * @throws PortException of kind {@code SANDBOX_UNAVAILABLE} if one has not
   */
  void require(Sandboxes sandboxes, Optional<RepositoryUrl> repository) {
    for (WorkKind kind : kinds) {
      Optional<String> problem = sandboxes.problem(kind, repository);
      if (problem.isPresent()) {
        throw new PortException(FailureKind.SANDBOX_UNAVAILABLE, problem.get());
      }
    }
  }
}
