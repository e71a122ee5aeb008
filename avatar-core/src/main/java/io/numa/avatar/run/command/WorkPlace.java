package io.numa.avatar.run.command;

import io.numa.avatar.port.repository.WorkingTree;
import io.numa.avatar.port.sandbox.SandboxSite;
import io.numa.avatar.port.sandbox.WorkKind;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.task.Stage;
import java.nio.file.Path;
import java.util.Set;

/**
 * Where an attempt works.
 *
 * @param tree the working tree, an absolute path
 * @param borrowed folders outside of it that Git reads
 */
public record WorkPlace(RepositoryUrl repository, Path tree, Set<Path> borrowed) {
  public WorkPlace {
    borrowed = Set.copyOf(borrowed);
  }

  public static WorkPlace of(RepositoryUrl repository, WorkingTree files) {
    return new WorkPlace(repository, files.directory(), files.borrowed());
  }

  /**
   * The site of a command. A command outside of the working tree, such as the tests of the base
   * commit, works on the folder in which it starts alone.
   *
   * @param directory where it starts
   */
  SandboxSite ofCommand(Stage stage, Path directory) {
    return new SandboxSite(
        stage == Stage.TEST ? WorkKind.TEST : WorkKind.RUN,
        repository,
        directory.startsWith(tree) ? tree : directory,
        borrowed);
  }

  /** The site of a coding agent. */
  SandboxSite ofAgent() {
    return new SandboxSite(WorkKind.AGENT, repository, tree, borrowed);
  }

  /** The site of a coding agent that reviews what is in a folder. */
  SandboxSite ofReviewer(Path folder) {
    return new SandboxSite(WorkKind.AGENT, repository, folder, borrowed).forReading();
  }
}
