package io.numa.avatar.task;

import java.time.Duration;
import java.util.Optional;

/**
 * The result of one step of a plan.
 *
 * @param number its place in the plan, from 1
 * @param label the name that its author gave it, or else a description
 * @param message the error, if there was one
 */
public record StepReport(
    int number, String label, StepOutcome outcome, Duration duration, Optional<String> message) {}
