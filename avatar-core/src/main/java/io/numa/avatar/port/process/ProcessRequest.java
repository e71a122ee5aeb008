package io.numa.avatar.port.process;

import io.numa.avatar.plan.CommandLine;
import io.numa.avatar.task.AttemptId;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A process to start.
 *
 * @param directory an existing folder, its working directory
 * @param environment variables to add to those that the avatar passes on; they override them
 * @param hidden existing files and folders that the process must not see: folders are empty for it,
 *     files have no content
 * @param owner the attempt that starts it; it identifies the processes that it starts
 */
public record ProcessRequest(
    CommandLine line,
    Path directory,
    Map<String, String> environment,
    Set<Path> hidden,
    Optional<AttemptId> owner) {
  public ProcessRequest {
    environment = Map.copyOf(environment);
    hidden = Set.copyOf(hidden);
  }
}
