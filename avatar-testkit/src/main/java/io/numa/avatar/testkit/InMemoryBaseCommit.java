package io.numa.avatar.testkit;

import io.numa.avatar.port.repository.BaseCommit;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.task.TreeId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/**
 * A commit in memory.
 *
 * @param tip the tip that the branch must have when the commit is pushed
 */
record InMemoryBaseCommit(InMemoryContext context, CommitId id, Optional<CommitId> tip)
    implements BaseCommit {
  @Override
  public TreeId tree() {
    return new TreeId(files().name());
  }

  @Override
  public boolean isOfOwnBranch() {
    return tip.isPresent();
  }

  /** The id of its tree. */
  ObjectId files() {
    return context.parse(id).getTree().getId();
  }

  @Override
  public Path checkOut() {
    Path folder = context.request().home().resolve("base").toAbsolutePath();
    try {
      FolderFiles.delete(folder);
      context.files().write(files(), folder);
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
