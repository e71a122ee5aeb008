package io.numa.avatar.port.repository;

import io.numa.avatar.port.PortException;
import java.nio.file.Path;

/**
 * The change to be committed on a base commit. Later changes of the tree do not alter it. Not
 * thread-safe.
 */
public interface StagedChange extends ReadableChange {
  /**
   * Restores the tree to the staged state: it restores files that tests changed or removed, and
   * removes untracked files. Ignored files, the state folders of coding agents and the folders of
   * submodules stay, as in {@link WorkingCopy#stage}. The ignore rules are those at the time of
   * staging.
   *
   * @throws PortException of kind {@code UNAVAILABLE} if the tree could not be restored
   */
  void restoreTree();

  /**
   * Announces that the change may soon be committed and pushed, so that an adapter can already
   * prepare the push with the remote, for a few seconds. A failure of the preparation shows only in
   * {@link LocalCommit#push}. May be called again.
   */
  default void preparePush() {}

  /**
   * Writes the files of the base commit with this change, and a disposable {@code .git} whose HEAD
   * has the change as its last commit, into a separate folder. Nothing in this folder is ever
   * staged. Each call writes the folder again. Closing the working copy removes it.
   *
   * @return the folder, an absolute path
   * @throws PortException of kind {@code UNAVAILABLE} if the folder could not be written
   */
  Path checkOut();

  /** Commits the change, as one commit on top of the base commit. */
  LocalCommit commit(String message);
}
