package io.numa.avatar.plan;

import java.util.Optional;

/**
 * A step at its place in a plan.
 *
 * @param number its place, from 1
 * @param name the name that its author gave it
 */
public record PlannedStep(int number, Optional<String> name, Step step) {
  /** Its name in logs and errors: {@code step 3 (edit README.md)}. */
  public String label() {
    return "step " + number + " (" + name.orElseGet(step::summary) + ")";
  }
}
