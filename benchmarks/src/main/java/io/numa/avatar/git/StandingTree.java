package io.numa.avatar.git;

import static java.nio.charset.StandardCharsets.UTF_8;

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
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * A working tree that stays while its commits change, and the adapter's working copies of it. For
 * one thread.
 *
 * <p>It stands in the adapter's package because the port gives a working copy only by cloning: here
 * somebody else has moved the tree to the commit, and all that follows is the adapter's own code.
 */
@org.jspecify.annotations.NullMarked
public final class StandingTree implements AutoCloseable {
  private static final BranchName BRANCH = new BranchName("replay");

  private final Path home;
  private final GitSettings settings = GitSettings.of(new GitIdentity("Replay", "replay@invalid"));
  private final org.eclipse.jgit.lib.Repository repository;

  private StandingTree(Path home, org.eclipse.jgit.lib.Repository repository) {
    this.home = home;
    this.repository = repository;
  }

  /**
   * Makes an empty tree.
   *
   * @param home a folder without a tree in it yet
   * @param objects the {@code objects} folder of the repository that has the commits; only read
   */
  public static StandingTree create(Path home, Path objects) throws IOException {
    JGitIsolation.install();
    Files.createDirectories(JGitWorkingCopy.tree(home));
    var repository = GitFolder.create(JGitWorkingCopy.git(home));
    Path alternates = JGitWorkingCopy.git(home).resolve("objects/info/alternates");
    Files.write(alternates, (objects.toRealPath() + "\n").getBytes(UTF_8));
    return new StandingTree(home, repository);
  }

  /** A folder beside the tree, for changes. */
  public Path scratch() {
    return home.resolve("scratch");
  }

  /** The folder of the objects that working copies write. */
  public Path objects() {
    return JGitWorkingCopy.git(home).resolve("objects");
  }

  /** Where the tree is. */
  public Path directory() {
    return JGitWorkingCopy.tree(home);
  }

  /**
   * Takes the tree for a checkout of {@code commit}, which it has to be. Do not close the working
   * copy: that would remove the tree.
   */
  public WorkingCopy at(CommitId commit) throws IOException {
    var id = ObjectId.fromString(commit.value());
    var url = RepositoryUrl.parse(home.toAbsolutePath().toString());
    ObjectId base = ObjectId.fromString(treeOf(commit));
    return new JGitWorkingCopy(
        new Checkout(url, BRANCH, List.of(), home),
        new Remote(url, settings),
        new Remote.Fetched(id, Optional.empty(), Map.of()),
        repository,
        base,
        contents(base),
        settings.identity(),
        Clock.systemUTC());
  }

  private Contents contents(ObjectId base) throws IOException {
    try (var objects = repository.newObjectReader()) {
      var contents = new Contents(repository, DirCache.read(objects, base));
      new Differences(directory(), contents).note();
      return contents;
    }
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
