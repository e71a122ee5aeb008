package io.numa.avatar.port.repository;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.PortException;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.task.RepositoryUrl;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Gives working copies of Git repositories. Safe for use by several threads.
 *
 * <p>It uses no Git configuration, hook or filter of the user, the machine or the repository.
 */
public interface Repository {
  /**
   * Checks out a clean working copy. Blocks as long as data arrives.
   *
   * @param progress receives the progress, on any thread, a few times a second at most
   * @throws PortException of kind {@code NOT_FOUND} if the repository or the base branch does not
   *     exist, {@code UNAUTHORIZED} if it may not be read, {@code DENIED} if the branch is the
   *     remote's default one and that is not allowed, {@code UNAVAILABLE} if the transfer failed or
   *     stalled; no files are left behind then
   * @throws InterruptedException if the thread was interrupted; no files are left behind then
   */
  WorkingCopy checkOut(CheckoutRequest request, Consumer<TransferProgress> progress)
      throws InterruptedException;

  /**
   * Removes the remaining files of a working copy, which a previous process may have made. Does not
   * throw if the removal fails.
   *
   * @param home the folder of its checkout; may be missing
   */
  default void discard(Path home) {}

  /**
   * Writes what a working copy has changed, as a Git diff to its base commit: one of a previous
   * process, or one that was not closed yet. Leaves out what must not be committed. Call it before
   * {@link #discard}. While commands of the working copy run, it reads what they have written so
   * far, and may fail as they write. Writes nothing if there is no such working copy or no change,
   * or if the adapter cannot tell.
   *
   * @param home the folder of its checkout; may be missing
   * @param largestFile how many bytes a changed file may have
   * @throws PortException of kind {@code UNAVAILABLE} if the files cannot be read, {@code DENIED}
   *     if the adapter cannot leave out what {@link WorkingCopy#stage} refuses
   */
  default void writeLeftChange(Path home, long largestFile, OutputStream out) throws IOException {}

  /**
   * Removes data kept for later checkouts if it takes more disk space than allowed. Does not throw
   * if the removal fails.
   */
  default void tidy() {}

  /**
   * Looks on the remote for the commit of an attempt whose push was not acknowledged. It compares
   * the commit's id with the branch's tip, and then looks for the trailers {@code Numa-Task} and
   * {@code Numa-Attempt} in the latest commits of the branch.
   *
   * @return the commit, if it is there; empty if the branch does not exist. A repository that
   *     cannot look always returns empty, and the caller repeats a lost push.
   * @throws PortException as of {@link #checkOut}
   */
  default Optional<CommitId> findPushed(Attempt attempt, PendingPush push)
      throws InterruptedException {
    return Optional.empty();
  }

  /**
   * Asks the remote for the branch that its HEAD names.
   *
   * @return the branch; empty if the remote does not name one
   * @throws PortException as of {@link #checkOut}
   */
  default Optional<BranchName> defaultBranch(RepositoryUrl repository) throws InterruptedException {
    return Optional.empty();
  }
}
