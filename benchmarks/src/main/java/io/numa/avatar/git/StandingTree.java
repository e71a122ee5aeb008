package io.numa.avatar.git;

import io.numa.avatar.port.Checkout;
import io.numa.avatar.port.WorkingCopy;
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
 * A working tree that goes from commit to commit as one does that is kept from task to task, and
 * the adapter's working copies of it. For one thread.
 *
 * <p>It stands in the adapter's package because the port gives working copies of branches only.
 */
@org.jspecify.annotations.NullMarked
public final class StandingTree implements AutoCloseable {
  private static final BranchName BRANCH = new BranchName("replay");

  private final Path home;
  private final GitSettings settings = GitSettings.of(new GitIdentity("Replay", "replay@invalid"));
  private final PushingRepository repository;
  private final WorkingTree tree;

  private StandingTree(Path home, PushingRepository repository) {
    this.home = home;
    this.repository = repository;
    this.tree = WorkingTree.fresh(home.resolve("tree").toAbsolutePath());
  }

  /**
   * Makes an empty tree.
   *
   * @param home a folder without a tree in it yet
   * @param lender the bare repository that has the commits; only read
   */
  public static StandingTree create(Path home, Path lender) throws IOException {
    JGitIsolation.install();
    Files.createDirectories(home);
    return new StandingTree(home, GitFolder.create(Premises.git(home), lender.toRealPath()));
  }

  /** A folder beside the tree, for changes. */
  public Path scratch() {
    return home.resolve("scratch");
  }

  /** The folder of the objects that working copies write. */
  public Path objects() {
    return Premises.git(home).resolve("objects");
  }

  /**
   * Brings the tree to a commit, whatever has become of it. Do not close the working copy: that
   * would remove the tree.
   */
  public WorkingCopy at(CommitId commit) throws IOException {
    var checkout =
        new Checkout(
            RepositoryUrl.parse(home.toAbsolutePath().toString()), BRANCH, List.of(), home);
    var fetched =
        new Remote.Fetched(ObjectId.fromString(commit.value()), Optional.empty(), Map.of());
    var premises = Premises.of(home, tree, repository);
    tree.look();
    var remote = new Remote(checkout.repository(), settings, new KnownServers());
    Contents contents = premises.write(checkout, remote, fetched, progress -> {});
    return new JGitWorkingCopy(
        new CopyContext(checkout, remote, premises, Clock.systemUTC()), fetched, contents);
  }

  /** The id of the tree of a commit, one that a working copy has made or one that was there. */
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
