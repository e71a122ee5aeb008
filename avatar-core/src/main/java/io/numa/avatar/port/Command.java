package io.numa.avatar.port;

import io.numa.avatar.plan.CommandLine;
import io.numa.avatar.port.sandbox.SandboxSite;
import io.numa.avatar.task.AttemptId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A command and the settings for running it.
 *
 * @param directory an existing folder
 * @param environment variables to add to those that the runner passes on
 * @param timeout after which the runner ends the command and all processes that it started
 * @param stall how long it may print nothing before the runner ends it; without limit if empty
 * @param owner the attempt that runs it; it identifies the processes that the command started
 * @param site where it works; without a site, no sandbox holds it
 */
public record Command(
    CommandLine line,
    Path directory,
    Map<String, String> environment,
    Duration timeout,
    Optional<Duration> stall,
    Optional<AttemptId> owner,
    Optional<SandboxSite> site) {
  public Command {
    environment = Map.copyOf(environment);
  }

  /** A command that belongs to no attempt and has neither a site nor a limit of silence. */
  public Command(
      CommandLine line, Path directory, Map<String, String> environment, Duration timeout) {
    this(
        line,
        directory,
        environment,
        timeout,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** A command that no sandbox holds. */
  public Command(
      CommandLine line,
      Path directory,
      Map<String, String> environment,
      Duration timeout,
      Optional<Duration> stall,
      Optional<AttemptId> owner) {
    this(line, directory, environment, timeout, stall, owner, Optional.empty());
  }
}
