package io.numa.avatar.benchmarks;

import io.numa.avatar.git.CopyContext;
import io.numa.avatar.git.JGitWorkingCopy;
import io.numa.avatar.git.LocalCheckout;
import io.numa.avatar.git.internal.access.ServerCapabilities;
import io.numa.avatar.git.internal.objects.GitDirectory;
import io.numa.avatar.git.internal.objects.SparsePackRepository;
import io.numa.avatar.git.internal.remote.Remote;
import io.numa.avatar.git.internal.support.JGitIsolation;
import io.numa.avatar.git.internal.worktree.ContentIndex;
import io.numa.avatar.git.internal.worktree.WorkingTree;
import io.numa.avatar.git.settings.GitIdentity;
import io.numa.avatar.git.settings.GitSettings;
import io.numa.avatar.port.repository.CheckoutRequest;
import io.numa.avatar.port.repository.WorkingCopy;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.task.RepositoryUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * A working tree that stays from commit to commit, as the adapter's trees stay from task to task,
 * with the adapter's working copies of it. Not thread-safe.
 *
 * <p>It uses the internal packages of the adapter, because the port gives working copies of
 * branches only.
 */
@org.jspecify.annotations.NullMarked
public final class StandingTree implements AutoCloseable {
  private static final BranchName BRANCH = new BranchName("replay");

  private final Path home;
  private final GitSettings settings = GitSettings.of(new GitIdentity("Replay", "replay@invalid"));
  private final SparsePackRepository repository;
  private final WorkingTree tree;

  private StandingTree(Path home, SparsePackRepository repository) {
    this.home = home;
    this.repository = repository;
    this.tree = WorkingTree.fresh(home.resolve("tree").toAbsolutePath());
  }

  /**
   * Makes an empty tree.
   *
   * @param home a folder without a tree in it yet
   * @param lender the bare repository that has the commits; it is only read
   */
  public static StandingTree create(Path home, Path lender) throws IOException {
    JGitIsolation.install();
    Files.createDirectories(home);
    return new StandingTree(
        home, GitDirectory.create(LocalCheckout.git(home), lender.toRealPath()));
  }

  /** A folder beside the tree, for changes. */
  public Path scratch() {
    return home.resolve("scratch");
  }

  /** The folder of the objects that working copies write. */
  public Path objects() {
    return LocalCheckout.git(home).resolve("objects");
  }

  /**
   * Moves the tree to a commit, from any state. The caller must not close the working copy: that
   * would remove the tree.
   */
  public WorkingCopy at(CommitId commit) throws IOException {
    var request =
        new CheckoutRequest(
            RepositoryUrl.parse(home.toAbsolutePath().toString()), BRANCH, List.of(), home);
    var fetched =
        new Remote.Fetched(ObjectId.fromString(commit.value()), Optional.empty(), Map.of());
    var checkout = LocalCheckout.of(home, tree, repository);
    tree.look();
    var remote = new Remote(request.repository(), settings, new ServerCapabilities());
    ContentIndex contents = checkout.write(request, remote, fetched, progress -> {});
    return new JGitWorkingCopy(
        new CopyContext(request, remote, checkout, Clock.systemUTC()), fetched, contents);
  }

  /** The id of a commit's tree. A working copy may have made the commit. */
  public String treeOf(CommitId commit) throws IOException {
    try (var walk = new RevWalk(repository)) {
      return walk.parseCommit(ObjectId.fromString(commit.value())).getTree().name();
    }
  }

  @Override
  public void close() {
    repository.close();
  }
}
