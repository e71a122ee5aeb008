package io.numa.avatar.port.repository;

import io.numa.avatar.plan.PatchText;
import io.numa.avatar.port.PortException;
import io.numa.avatar.workspace.Change;
import java.nio.file.Path;

/**
 * A checked out branch of a repository, for one task and one thread. Its work goes from state to
 * state: {@link #stage} gives a {@link StagedChange}, whose commit is a {@link LocalCommit}, which
 * is pushed, or replayed as the next staged change.
 *
 * <p>Any process may change the tree in any way, hostile ones too: a Git directory that lies
 * elsewhere decides what is committed and pushed. The {@code .git} in the tree is a disposable one.
 */
public interface WorkingCopy extends AutoCloseable {
  /** The root of the tree, an absolute path. */
  Path directory();

  /** The commit that was checked out, or the one on which the work was replayed since. */
  BaseCommit base();

  /**
   * Applies a Git diff to the tree, exactly.
   *
   * @param change of this copy's files, which the diff becomes a part of
   * @throws PortException of kind {@code INVALID_PLAN} if it is no diff, {@code DENIED} if it names
   *     a path outside the tree, in a Git directory or a protected one, {@code CONFLICT} if it does
   *     not fit; the change must not be kept then
   */
  void apply(PatchText patch, Change change);

  /**
   * Takes the tree as it is now for what is to be committed; later changes do not count, unless it
   * is staged again. Ignored files and the state folders of coding agents are left out.
   *
   * @param changed where to look; elsewhere it may be taken for what was checked out
   * @param largestFile how many bytes a changed file may have; a larger one may be refused before
   *     it is read, as it may be larger than any disk
   * @throws PortException of kind {@code DENIED} if the tree holds what must not be committed, such
   *     as a repository of its own
   */
  StagedChange stage(ChangedPaths changed, long largestFile);

  /** Has the working copy's files left in place when it is closed. */
  default void keep() {}

  /** Removes the working copy's folder and everything in it. Does not throw if that fails. */
  @Override
  void close();
}
