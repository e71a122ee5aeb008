package io.numa.avatar.port.process;

import io.numa.avatar.plan.CommandLine;
import io.numa.avatar.port.sandbox.SandboxSite;
import io.numa.avatar.task.AttemptId;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A process to start.
 *
 * <p>Hiding is against programs that load files by themselves. It is no wall against hostile ones:
 * Git's folder still has the content of committed files, and a process of the root user may undo
 * it.
 *
 * @param directory an existing folder, its working directory
 * @param environment variables to add to those that the avatar passes on; they override them
 * @param hidden files and folders that the process must not see, relative to {@code directory} or
 *     absolute: folders are empty for it, files have no content, and what it writes to them is lost
 *     or refused. Of a symbolic link, what it leads to is hidden; it must not lead out of {@code
 *     directory}. Paths that do not exist are ignored; the process may make and see them
 * @param owner the attempt that starts it; it identifies the processes that it starts
 * @param site where it works; without a site, no sandbox holds it
 */
public record ProcessRequest(
    CommandLine line,
    Path directory,
    Map<String, String> environment,
    Set<Path> hidden,
    Optional<AttemptId> owner,
    Optional<SandboxSite> site) {
  public ProcessRequest {
    environment = Map.copyOf(environment);
    hidden = Set.copyOf(hidden);
  }

  /** A process that no sandbox holds. */
  public ProcessRequest(
      CommandLine line,
      Path directory,
      Map<String, String> environment,
      Set<Path> hidden,
      Optional<AttemptId> owner) {
    this(line, directory, environment, hidden, owner, Optional.empty());
  }
}
