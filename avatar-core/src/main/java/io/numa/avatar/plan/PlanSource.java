package io.numa.avatar.plan;

import java.util.List;

/** The plan of a task as it was read: valid, prose or invalid. */
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
