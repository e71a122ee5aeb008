package io.numa.avatar.git.internal.objects;

import io.numa.avatar.git.internal.support.Folders;
import io.numa.avatar.git.internal.worktree.IndexFile;
import io.numa.avatar.git.internal.worktree.SnapshotFolder;
import io.numa.avatar.git.settings.GitIdentity;
import io.numa.avatar.task.BranchName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;

/**
 * The Git directory that a tree's commands see; it can read the real one's objects. It is laid out
 * beside the tree before the commit is known, as its folders take most of its time.
 *
 * @param place where it is laid out
 * @param lender the real one
 */
public record DisposableGit(Path place, Path lender, BranchName branch) {
  /** Lays one out for a tree, which may not exist yet. */
  public static DisposableGit layOut(
      Path tree, Path lender, BranchName branch, GitIdentity identity) throws IOException {
    Path place = tree.resolveSibling(tree.getFileName() + Constants.DOT_GIT_EXT);
    Folders.delete(place);
    GitDirectory.layOut(place, "ref: " + branch.ref() + "\n");
    Config config = GitDirectory.config();
    config.setBoolean("core", null, "bare", false);
    // The index has sizes and times only.
    config.setBoolean("core", null, "trustctime", false);
    config.setString("core", null, "checkStat", "minimal");
    config.setString("user", null, "name", identity.name());
    config.setString("user", null, "email", identity.email());
    GitDirectory.write(place.resolve("config"), config.toText());
    return new DisposableGit(place, lender, branch);
  }

  /**
   * Moves it into the tree, whose files are written.
   *
   * @param tags the refs that it has besides the branch, by full name
   * @return the file that was written last
   */
  public Path moveInto(
      Path tree,
      ObjectId commit,
      Map<String, ObjectId> tags,
      SnapshotFolder base,
      ObjectReader objects)
      throws IOException {
    remove(tree);
    Path git = tree.resolve(Constants.DOT_GIT);
    Files.move(place, git);
    GitDirectory.borrow(git, lender);
    Map<String, ObjectId> refs = new TreeMap<>(tags);
    refs.put(branch.ref(), commit);
    var packed = new StringBuilder("# pack-refs with: sorted\n");
    refs.forEach((name, id) -> packed.append(id.name()).append(' ').append(name).append('\n'));
    GitDirectory.write(git.resolve("packed-refs"), packed.toString());
    Path index = git.resolve("index");
    IndexFile.write(base, objects, index);
    return index;
  }

  /** Removes the one that a tree's commands have seen. */
  public static void remove(Path tree) throws IOException {
    Folders.delete(tree.resolve(Constants.DOT_GIT));
  }
}
