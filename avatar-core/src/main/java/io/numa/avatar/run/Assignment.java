package io.numa.avatar.run;

import io.numa.avatar.plan.DevelopmentPlan;
import io.numa.avatar.plan.PlannedStep;
import io.numa.avatar.plan.Step;
import io.numa.avatar.plan.TestCommand;
import io.numa.avatar.task.Application;
import io.numa.avatar.task.Task;
import java.util.Optional;

/** The work of an attempt: its task, the fetched application, and the plan. */
record Assignment(Task task, Application application, DevelopmentPlan plan) {
  /** The test command that plan, task or application give; empty if the project's files decide. */
  Optional<TestCommand> givenTest() {
    return plan.test().or(() -> task.options().test()).or(application::test);
  }

  /** Whether a coding agent carries out a step of the plan. */
  boolean hasAgentStep() {
    return plan.steps().stream().map(PlannedStep::step).anyMatch(Step.Agent.class::isInstance);
  }
}
