package io.numa.avatar.git.internal.local;

import io.numa.avatar.port.PortException;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.RepositoryUrl;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;

/**
 * The branches that the working trees of a repository on this machine have checked out. A push to
 * one of them would leave its files behind, so Git refuses it by default ({@code
 * receive.denyCurrentBranch}); JGit does not.
 */
public final class CheckedOutBranches {
  private static final Set<String> ALLOW = Set.of("ignore", "warn", "false", "no", "off", "0");

  private CheckedOutBranches() {}

  /**
   * Checks that a push to a branch is allowed. The branches of other machines always are.
   *
   * @throws PortException of kind {@code DENIED} if a working tree has it checked out
   */
  public static void requireFree(BranchName branch, RepositoryUrl url) throws IOException {
    Optional<Repository> found = LocalRepositories.open(url);
    if (found.isEmpty()) {
      return;
    }
    try (Repository repository = found.get()) {
      Path tree = isAllowed(repository) ? null : trees(repository).get(branch.ref());
      if (tree != null) {
        throw new PortException(
            FailureKind.DENIED,
            ("could not push to '" + branch + "' of '" + url + "': ")
                + ("the branch is checked out in '" + tree + "', whose files a push would leave")
                + " behind; name another branch");
      }
    }
  }

  private static boolean isAllowed(Repository repository) {
    String said = repository.getConfig().getString("receive", null, "denycurrentbranch");
    return said != null && ALLOW.contains(said.toLowerCase(Locale.ROOT));
  }

  /** The working trees by the full names of their branches. */
  private static Map<String, Path> trees(Repository repository) throws IOException {
    Path common = LocalRepositories.common(repository);
    Map<String, Path> trees = new LinkedHashMap<>();
    boolean named = Constants.DOT_GIT.equals(String.valueOf(common.getFileName()));
    if (!repository.getConfig().getBoolean("core", null, "bare", !named)) {
      for (String branch : branches(common)) {
        trees.put(branch, common.resolveSibling(""));
      }
    }
    Path linked = common.resolve("worktrees");
    if (Files.isDirectory(linked)) {
      try (DirectoryStream<Path> all = Files.newDirectoryStream(linked)) {
        for (Path git : all) {
          Path tree = line(git.resolve("gitdir")).map(Path::of).orElse(git).resolveSibling("");
          branches(git).forEach(branch -> trees.put(branch, tree));
        }
      }
    }
    return trees;
  }

  /** The branches that a working tree is on, or will be on again after a rebase or a bisection. */
  private static List<String> branches(Path git) throws IOException {
    List<String> branches = new ArrayList<>();
    line(git.resolve(Constants.HEAD))
        .filter(head -> head.startsWith("ref: "))
        .ifPresent(head -> branches.add(head.substring("ref: ".length()).strip()));
    line(git.resolve("rebase-merge/head-name")).ifPresent(branches::add);
    line(git.resolve("rebase-apply/head-name")).ifPresent(branches::add);
    line(git.resolve("BISECT_START")).ifPresent(name -> branches.add(Constants.R_HEADS + name));
    return branches;
  }

  private static Optional<String> line(Path file) throws IOException {
    return Files.isRegularFile(file)
        ? Files.readString(file).lines().findFirst()
        : Optional.empty();
  }
}
