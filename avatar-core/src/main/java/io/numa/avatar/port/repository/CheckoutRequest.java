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
 * @param pushes which branches may be pushed to afterwards
 */
public record CheckoutRequest(
    RepositoryUrl repository, BranchName branch, List<BranchName> bases, Path home, Pushes pushes) {
  public CheckoutRequest {
    bases = List.copyOf(bases);
  }

  /** The branches of the remote that a checked-out copy may push to. */
  public enum Pushes {
    /** The copy is never pushed. */
    NONE,
    /** All but the branch that the remote's HEAD points to. */
    ALL_BUT_DEFAULT,
    ALL
  }

  /** A checkout of any branch except the remote's default branch. */
  public CheckoutRequest(
      RepositoryUrl repository, BranchName branch, List<BranchName> bases, Path home) {
    this(repository, branch, bases, home, Pushes.ALL_BUT_DEFAULT);
  }
}
