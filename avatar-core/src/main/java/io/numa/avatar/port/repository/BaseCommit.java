package io.numa.avatar.port.repository;

import io.numa.avatar.port.PortException;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.task.TreeId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The commit on which the change of a working copy is based. */
public interface BaseCommit {
  CommitId id();

  /** The id of its files. */
  TreeId tree();

  /** Whether it is the tip of the task's own branch, where earlier tasks may have committed. */
  boolean isOfOwnBranch();

  /** What people should know of the files that were checked out; each text is one line. */
  default List<String> notes() {
    return List.of();
  }

  /**
   * Writes its files, and a disposable {@code .git}, into a separate folder. Nothing in this folder
   * is ever staged. Each call writes the folder again. Closing the working copy removes it.
   *
   * @return the folder, an absolute path
   * @throws PortException of kind {@code UNAVAILABLE} if the folder could not be written
   */
  Path checkOut();

  /**
   * Lists a folder of the working copy and its subfolders, as far as their names are known without
   * reading the folders: no name was added or removed since the checkout, but files may have been
   * overwritten.
   *
   * @param folder an absolute path
   * @param wanted accepts the names of the files to list; called by several threads
   * @return absolute paths in no order; empty if the folder itself has to be read
   */
  default Optional<FolderListing> list(Path folder, Predicate<String> wanted) throws IOException {
    return Optional.empty();
  }
}
