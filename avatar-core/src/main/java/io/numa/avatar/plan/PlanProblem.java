package io.numa.avatar.plan;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A rule of the plan language that a plan breaks.
 *
 * @param pointer the place of the problem, as a JSON pointer (RFC 6901) into the plan; empty for
 *     the plan as a whole
 */
public record PlanProblem(String pointer, String message) {
  private static final Pattern IN_STEP = Pattern.compile("/steps/(\\d{1,9})(?:/.*)?");

  /** The problem for people, who count steps from 1: {@code step 4 (/steps/3/edit/find): …}. */
  public String words() {
    Matcher step = IN_STEP.matcher(pointer);
    return step.matches()
        ? "step " + (Integer.parseInt(step.group(1)) + 1) + " (" + pointer + "): " + message
        : toString();
  }

  @Override
  public String toString() {
    return pointer.isEmpty() ? message : pointer + ": " + message;
  }
}
