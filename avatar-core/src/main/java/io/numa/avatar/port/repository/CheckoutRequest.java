package io.numa.avatar.port.repository;

import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.RepositoryUrl;
import java.nio.file.Path;
import java.util.List;

/**
 * What to check out, and where.
 *
 * @param branch where the work goes; made when the remote has none of that name
 * @param bases where a new branch starts: the first must exist if there is one; without any, the
 *     remote's HEAD
 * @param home an empty or missing folder that becomes the working copy's own
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

  /** A checkout of any branch but the remote's default one. */
  public CheckoutRequest(
      RepositoryUrl repository, BranchName branch, List<BranchName> bases, Path home) {
    this(repository, branch, bases, home, false);
  }
}
