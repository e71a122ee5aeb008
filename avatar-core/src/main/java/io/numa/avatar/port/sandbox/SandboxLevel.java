package io.numa.avatar.port.sandbox;

import io.numa.avatar.task.sandbox.SandboxReport;
import java.util.Optional;

/**
 * What a kind of work gets here.
 *
 * @param report tells the profile, its means and what it lacks; without refused hosts
 * @param problem why this is less than the operator's minimum, and what to do; empty if it is not
 */
public record SandboxLevel(SandboxReport report, Optional<String> problem) {}
