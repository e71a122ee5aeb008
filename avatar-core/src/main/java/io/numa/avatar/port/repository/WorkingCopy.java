package io.numa.avatar.port.repository;

import io.numa.avatar.plan.PatchText;
import io.numa.avatar.port.PortException;
import io.numa.avatar.workspace.Change;

/**
 * A checked-out branch of a repository, for one task. Not thread-safe. The work goes through these
 * states: {@link #stage} gives a {@link StagedChange}; committing it gives a {@link LocalCommit};
 * this is pushed, or replayed as the next staged change.
 *
 * <p>Any process, even a hostile one, may change the tree in any way. Commits and pushes use a Git
 * directory outside the tree. The {@code .git} in the tree is disposable.
 */
public interface WorkingCopy extends WorkingTree, AutoCloseable {
  /** The commit that was checked out, or the tip of the latest replay. */
  BaseCommit base();

  /**
   * Applies a Git diff to the tree, exactly.
   *
   * @param change the change of this copy's files to which the diff is added
   * @throws PortException of kind {@code INVALID_PLAN} if it is not a diff, {@code DENIED} if it
   *     names a path outside the tree, in a Git directory, or a protected path, {@code CONFLICT} if
   *     it does not fit the tree. The caller must not keep the change then.
   */
  void apply(PatchText patch, Change change);

  /**
   * Stages the current tree for a commit. Later changes of the tree are not staged, unless the
   * caller stages again. Ignored files and the state folders of coding agents are left out.
   *
   * @param changed where to look for changes; all other paths are assumed to be unchanged since the
   *     checkout
   * @param largestFile how many bytes a changed file may have; a larger file may be refused before
   *     it is read, because it may be larger than any disk
   * @throws PortException of kind {@code DENIED} if the tree holds what must not be committed, such
   *     as a repository of its own
   */
  StagedChange stage(ChangedPaths changed, long largestFile);

  /** The files of the tree that {@link #stage} leaves out because they are ignored. */
  IgnoredFiles ignored();

  /** Makes {@link #close} leave the working copy's files in place. */
  default void keep() {}

  /**
   * Removes the working copy's folder and everything in it. Does not throw if the removal fails.
   */
  @Override
  void close();
}
