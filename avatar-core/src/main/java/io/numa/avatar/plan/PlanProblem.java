package io.numa.avatar.plan;

/**
 * A rule of the plan language that a plan breaks.
 *
 * @param pointer the place of the problem, as a JSON pointer (RFC 6901) into the plan; empty for
 *     the plan as a whole
 */
public record PlanProblem(String pointer, String message) {
  @Override
  public String toString() {
    return pointer.isEmpty() ? message : pointer + ": " + message;
  }
}
