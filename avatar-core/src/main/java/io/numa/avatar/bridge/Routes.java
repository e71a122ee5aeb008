package io.numa.avatar.bridge;

import io.numa.avatar.plan.DevelopmentPlan;
import io.numa.avatar.plan.PlanSource;
import io.numa.avatar.plan.Step;

/** The routes of tasks that name none: by what an avatar needs to carry them out. */
public final class Routes {
  /** For tasks that an avatar without a coding agent can carry out. */
  public static final String PLAN = "plan";

  /** For tasks that need a coding agent. */
  public static final String PROSE = "prose";

  private Routes() {}

  /** The route by a task's content. An invalid plan needs no agent: an avatar reports it. */
  public static String of(PlanSource plan) {
    if (plan instanceof PlanSource.Structured structured) {
      return of(structured.plan());
    }
    return plan instanceof PlanSource.Prose ? PROSE : PLAN;
  }

  /** The route of a structured plan. */
  public static String of(DevelopmentPlan plan) {
    boolean needsAgent = plan.steps().stream().anyMatch(step -> step.step() instanceof Step.Agent);
    return needsAgent ? PROSE : PLAN;
  }
}
