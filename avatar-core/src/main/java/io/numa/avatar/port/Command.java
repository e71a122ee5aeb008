package io.numa.avatar.port;

import io.numa.avatar.plan.CommandLine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * A command and what it is run with.
 *
 * @param directory an existing folder
 * @param environment beside what the runner lets through
 * @param timeout after which the command and all it started are ended
 */
public record Command(
    CommandLine line, Path directory, Map<String, String> environment, Duration timeout) {
  public Command {
    environment = Map.copyOf(environment);
  }
}
