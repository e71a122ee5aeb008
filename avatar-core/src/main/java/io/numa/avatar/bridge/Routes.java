package io.numa.avatar.bridge;

import io.numa.avatar.plan.DevelopmentPlan;
import io.numa.avatar.plan.PlanSource;
import io.numa.avatar.plan.Step;
import io.numa.avatar.task.Task;
import java.util.regex.Pattern;

/** The routes of tasks: the ones that they name, or else by what an avatar needs for them. */
public final class Routes {
  /** For tasks that an avatar without a coding agent can carry out. */
  public static final String PLAN = "plan";

  /** For tasks that need a coding agent. */
  public static final String PROSE = "prose";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  private Routes() {}

  /**
   * Returns the name of a route.
   *
   * @throws IllegalArgumentException if no subject of a queue can have it
   */
  public static String named(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "not a route (1 to 64 letters, digits, '_' and '-'): '" + name + "'");
    }
    return name;
  }

  /** The route that the task names, or else the one by its content. */
  public static String of(Task task) {
    return task.options().route().orElseGet(() -> of(task.plan()));
  }

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
