package io.numa.avatar.port.repository;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.PortException;
import io.numa.avatar.task.CommitId;
import java.nio.file.Path;

/** A commit that is on its way to its branch. For one thread. */
public interface LocalCommit {
  CommitId id();

  /**
   * Pushes the commit to the branch, and returns once the remote has acknowledged it. Never forces:
   * the branch must be where it was when the commit's base was fetched. Pushing again is safe.
   *
   * @throws BranchMovedException if the branch is elsewhere
   * @throws PortException of kind {@code PUSH_REJECTED} with the remote's own words if it was
   *     refused, {@code UNAUTHORIZED}, or {@code UNAVAILABLE}
   * @throws InterruptedException if the thread was interrupted; it may have been pushed
   */
  void push() throws InterruptedException;

  /**
   * Fetches where the branch stands now, and replays the commit there: the base's files, the
   * branch's and ours are merged, files of text line by line as Git does. The result is staged,
   * with the branch's tip as its base, and the files of the tree are brought to it; untracked files
   * stay in the tree.
   *
   * @param attempt whose commit it is, by which a commit is known that has landed already
   * @throws PortException of kind {@code CONFLICT} if both sides changed the same, with the files
   *     and both sides' commits, {@code PUSH_REJECTED} if the branch is gone, else as of {@link
   *     Repository#checkOut}; nothing has changed then
   */
  Replayed replay(Attempt attempt) throws InterruptedException;

  /**
   * Keeps the commit, which cannot be pushed to its branch, where it outlives the working copy: on
   * the remote, as {@code refs/numa/parked/<task>/<attempt>}, else under that name in a repository
   * on this machine.
   *
   * @param fallback that repository, a bare one; made if it is missing
   * @throws PortException of kind {@code UNAVAILABLE} if it could not be kept there either
   */
  RescuedCommit rescue(Attempt attempt, Path fallback) throws InterruptedException;
}
