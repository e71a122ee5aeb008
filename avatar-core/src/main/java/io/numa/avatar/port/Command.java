package io.numa.avatar.port;

import io.numa.avatar.plan.CommandLine;
import io.numa.avatar.task.AttemptId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A command and what it is run with.
 *
 * @param directory an existing folder
 * @param environment beside what the runner lets through
 * @param timeout after which the command and all it started are ended
 * @param stall how long it may print nothing before it is ended; for ever when empty
 * @param owner the attempt it is run for, by which the processes that it started are found
 */
public record Command(
    CommandLine line,
    Path directory,
    Map<String, String> environment,
    Duration timeout,
    Optional<Duration> stall,
    Optional<AttemptId> owner) {
  public Command {
    environment = Map.copyOf(environment);
  }

  /** A command of no attempt, which may print nothing for any time. */
  public Command(
      CommandLine line, Path directory, Map<String, String> environment, Duration timeout) {
    this(line, directory, environment, timeout, Optional.empty(), Optional.empty());
  }
}
