package io.numa.avatar.plan;

import java.util.List;

/** The result of reading a task's plan: valid, prose or invalid. */
public sealed interface PlanSource {
  /** A valid plan. */
  record Structured(DevelopmentPlan plan) implements PlanSource {}

  /** Text for a coding agent. */
  record Prose(String text) implements PlanSource {}

  /** A plan that breaks rules; {@code problems} are all its errors, at least one. */
  record Invalid(List<PlanProblem> problems) implements PlanSource {
    public Invalid {
      problems = List.copyOf(problems);
    }
  }
}
