package io.numa.avatar.run.command;

import java.time.Duration;

/**
 * How long the commands of an attempt may take.
 *
 * @param stall how long a command may print nothing
 */
public record CommandLimits(Deadline deadline, Duration stall) {}
