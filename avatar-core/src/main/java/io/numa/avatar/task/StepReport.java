package io.numa.avatar.task;

import java.time.Duration;
import java.util.Optional;

/**
 * How one step of a plan went.
 *
 * @param number its place in the plan, from 1
 * @param label what its author calls it, or what it does
 * @param message what went wrong, where something did
 */
public record StepReport(
    int number, String label, StepOutcome outcome, Duration duration, Optional<String> message) {}
