package io.numa.avatar.port;

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
 */
public record Checkout(
    RepositoryUrl repository, BranchName branch, List<BranchName> bases, Path home) {
  public Checkout {
    bases = List.copyOf(bases);
  }
}
