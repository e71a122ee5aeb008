package io.numa.avatar.port.repository;

import io.numa.avatar.port.PortException;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.task.TreeId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;

/** The commit on which a working copy's change is made. */
public interface BaseCommit {
  CommitId id();

  /** The id of its files. */
  TreeId tree();

  /**
   * Writes its files into a folder of their own, with a disposable {@code .git} as well. Nothing in
   * it is ever staged. Each call writes the folder anew; it is removed with the working copy.
   *
   * @return the folder, an absolute path
   * @throws PortException of kind {@code UNAVAILABLE} if it could not be written
   */
  Path checkOut();

  /**
   * Lists a folder of the working copy and all beneath, where the names in them are known without
   * reading them: no name was added or removed since the checkout, though files may have been
   * written over.
   *
   * @param folder an absolute path
   * @param wanted the names of the files to list; called by several threads
   * @return absolute paths, in no order; empty where the folder itself has to be read
   */
  default Optional<FolderListing> list(Path folder, Predicate<String> wanted) throws IOException {
    return Optional.empty();
  }
}
