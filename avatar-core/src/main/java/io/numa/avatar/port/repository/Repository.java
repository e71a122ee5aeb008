package io.numa.avatar.port.repository;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.PortException;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.task.RepositoryUrl;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Gives working copies of Git repositories. Safe for use by several threads.
 *
 * <p>No configuration, hook or filter of the user, the machine or the repository takes part.
 */
public interface Repository {
  /**
   * Checks out a clean working copy. Blocks for as long as data comes.
   *
   * @param progress is given the progress, on any thread, a few times a second at most
   * @throws PortException of kind {@code NOT_FOUND} if the repository or the base branch does not
   *     exist, {@code UNAUTHORIZED} if it may not be read, {@code DENIED} if the branch is the
   *     remote's default one and that is not allowed, {@code UNAVAILABLE} if the transfer failed or
   *     stalled; nothing is left behind then
   * @throws InterruptedException if the thread was interrupted; nothing is left behind then
   */
  WorkingCopy checkOut(CheckoutRequest request, Consumer<TransferProgress> progress)
      throws InterruptedException;

  /**
   * Removes what is left of a working copy, also of one that a previous process has left. Does not
   * throw if that fails.
   *
   * @param home of its checkout; may be missing
   */
  default void discard(Path home) {}

  /**
   * Removes what was kept for later checkouts, where it takes more room than it may. Does not throw
   * if that fails.
   */
  default void tidy() {}

  /**
   * Looks on the remote for the commit of an attempt whose push was not acknowledged: by its id at
   * the branch's tip, else by its trailers {@code Numa-Task} and {@code Numa-Attempt} in the latest
   * commits of the branch.
   *
   * @return the commit, if it is there; empty also where the branch does not exist, and always from
   *     a repository that cannot look, whose lost pushes are done again
   * @throws PortException as of {@link #checkOut}
   */
  default Optional<CommitId> findPushed(Attempt attempt, PendingPush push)
      throws InterruptedException {
    return Optional.empty();
  }

  /**
   * Asks which branch the remote's HEAD names.
   *
   * @return the branch; empty where the remote does not say
   * @throws PortException as of {@link #checkOut}
   */
  default Optional<BranchName> defaultBranch(RepositoryUrl repository) throws InterruptedException {
    return Optional.empty();
  }
}
