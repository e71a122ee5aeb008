package io.numa.avatar.port.repository;

import io.numa.avatar.port.PortException;
import java.nio.file.Path;

/**
 * The files of a working copy that staging leaves out because the repository ignores them, and
 * copies of them that outlive the working copy. The state folders of coding agents are not among
 * them. Not thread-safe.
 */
public interface IgnoredFiles {
  /**
   * Removes them from the tree.
   *
   * @throws PortException of kind {@code UNAVAILABLE} if they could not be removed
   */
  void clear();

  /**
   * Saves a copy of them for later working copies of this repository, if there is none under this
   * key. Nothing that happens in a tree later changes the copy. A failure is logged, not thrown.
   *
   * @param key at most 64 letters and digits
   * @throws InterruptedException if the thread was interrupted; nothing is saved then
   */
  void save(String key) throws InterruptedException;

  /**
   * Puts the saved copy into a folder with this repository's files, after it has removed the
   * ignored files there.
   *
   * @param folder the tree, or a folder of {@link BaseCommit#checkOut}
   * @return whether it is there; if not, the folder has no ignored files
   * @throws PortException of kind {@code UNAVAILABLE} if ignored files could not be removed
   */
  boolean restore(String key, Path folder) throws InterruptedException;

  /**
   * Makes empty folders in a folder of {@link BaseCommit#checkOut} where the tree has ignored ones,
   * so that what is looked for by their names is found there, too.
   */
  void outline(Path folder);
}
