package io.numa.avatar.plan;

import java.util.List;

/** What a task says is to be done, as far as it could be understood. */
public sealed interface PlanSource {
  /** A plan that keeps the rules of the language. */
  record Structured(DevelopmentPlan plan) implements PlanSource {}

  /** Words for a coding agent. */
  record Prose(String text) implements PlanSource {}

  /** Meant as a plan, but breaking rules; {@code problems} are all of them, at least one. */
  record Invalid(List<PlanProblem> problems) implements PlanSource {
    public Invalid {
      problems = List.copyOf(problems);
    }
  }
}
