package io.numa.avatar.port.repository;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.PortException;
import io.numa.avatar.task.CommitId;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/** A local commit that is to be pushed to its branch. Not thread-safe. */
public interface LocalCommit {
  CommitId id();

  /**
   * Writes the commit as a mail that {@code git am} turns into the same change with the same author
   * and message, as {@code git format-patch} does.
   */
  PatchNotes writePatch(OutputStream out) throws IOException;

  /**
   * Pushes the commit to the branch, and returns when the remote has acknowledged it. It never
   * forces: the branch must not have moved since the commit's base was fetched. Pushing again is
   * safe.
   *
   * @throws BranchMovedException if the branch has moved
   * @throws PortException of kind {@code PUSH_REJECTED} with the remote's message if the remote
   *     refused the push, {@code UNAUTHORIZED}, or {@code UNAVAILABLE}
   * @throws InterruptedException if the thread was interrupted; the commit may have been pushed
   */
  void push() throws InterruptedException;

  /**
   * Fetches the branch, and replays the commit on its new tip. It merges the files of the base, of
   * the branch and of our commit; it merges text files line by line, as Git does. It stages the
   * result with the new tip as its base, and updates the files of the tree. Untracked files stay in
   * the tree.
   *
   * @param attempt the attempt that made the commit; it identifies a commit that is on the branch
   *     already
   * @throws PortException of kind {@code CONFLICT} if both sides changed the same place; the
   *     message names the files and both sides' commits. {@code PUSH_REJECTED} if the branch was
   *     deleted, otherwise as {@link Repository#checkOut}. Nothing has changed then.
   */
  Replayed replay(Attempt attempt) throws InterruptedException;

  /**
   * Saves a commit that cannot be pushed to its branch, so that it outlives the working copy: on
   * the remote, as {@code refs/numa/parked/<task>/<attempt>}, or else under that name in a
   * repository on this machine.
   *
   * @param fallback that local repository, which is bare; created if it is missing
   * @throws PortException of kind {@code UNAVAILABLE} if the commit could not be saved there either
   */
  RescuedCommit rescue(Attempt attempt, Path fallback) throws InterruptedException;
}
