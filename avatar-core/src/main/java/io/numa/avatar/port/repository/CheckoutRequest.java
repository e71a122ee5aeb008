package io.numa.avatar.port.repository;

import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.RepositoryUrl;
import java.nio.file.Path;
import java.util.List;

/**
 * A branch to check out, and a folder for it.
 *
 * @param branch the branch of the work; created if the remote does not have it
 * @param bases the candidates for the start of a new branch: the first one must exist; if the list
 *     is empty, the branch starts at the remote's HEAD
 * @param home an empty or missing folder that will belong to the working copy
 * @param defaultBranchAllowed whether the branch may be the one that the remote's HEAD points to
 */
public record CheckoutRequest(
    RepositoryUrl repository,
    BranchName branch,
    List<BranchName> bases,
    Path home,
    boolean defaultBranchAllowed) {
  public CheckoutRequest {
    bases = List.copyOf(bases);
  }

  /** A checkout of any branch except the remote's default branch. */
  public CheckoutRequest(
      RepositoryUrl repository, BranchName branch, List<BranchName> bases, Path home) {
    this(repository, branch, bases, home, false);
  }
}
