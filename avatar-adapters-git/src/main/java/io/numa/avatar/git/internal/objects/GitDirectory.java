package io.numa.avatar.git.internal.objects;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE_NEW;

import io.numa.avatar.git.internal.support.Folders;
import io.numa.avatar.git.internal.support.JGitIsolation;
import io.numa.avatar.git.internal.worktree.IndexFile;
import io.numa.avatar.git.internal.worktree.SnapshotFolder;
import io.numa.avatar.git.settings.GitIdentity;
import io.numa.avatar.task.BranchName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/**
 * Lays out the two Git directories of a working copy. JGit's own {@code create()} starts a shell to
 * learn the umask, and leaves a {@code .git} file in the tree.
 */
public final class GitDirectory {
  private GitDirectory() {}

  /** Makes and opens the real one, which has no idea of a tree. */
  public static SparsePackRepository create(Path git) throws IOException {
    layOut(git, "ref: refs/heads/none\n");
    return open(git);
  }

  /** Opens one that was made earlier. */
  public static SparsePackRepository open(Path git) throws IOException {
    reset(git);
    return new SparsePackRepository(git);
  }

  /** How JGit opens one, of whichever kind. */
  static FileRepositoryBuilder setUp(Path git) throws IOException {
    return new FileRepositoryBuilder()
        .setGitDir(git.toFile())
        .setFS(JGitIsolation.FILES)
        .setBare()
        .setup();
  }

  /** Puts the real one's configuration back to what it was made with, if it is another. */
  public static void reset(Path git) throws IOException {
    Config config = config();
    config.setBoolean("core", null, "bare", true);
    byte[] text = config.toText().getBytes(UTF_8);
    Path file = git.resolve("config");
    if (!holds(file, text)) { // as to write over a file waits for the disk
      Folders.delete(file);
      Files.write(file, text, CREATE_NEW);
    }
  }

  private static boolean holds(Path file, byte[] text) throws IOException {
    if (!Files.isRegularFile(file, NOFOLLOW_LINKS) || Files.size(file) != text.length) {
      return false;
    }
    return Arrays.equals(Files.readAllBytes(file), text);
  }

  /** Takes away the one that a tree's commands have seen. */
  public static void removeDisposable(Path tree) throws IOException {
    Folders.delete(tree.resolve(Constants.DOT_GIT));
  }

  /** Makes and opens the real one with the objects of another one to read. */
  public static SparsePackRepository create(Path git, Path lender) throws IOException {
    layOut(git, "ref: refs/heads/none\n");
    borrow(git, lender);
    return open(git);
  }

  private static void borrow(Path git, Path lender) throws IOException {
    write(git.resolve("objects/info/alternates"), lender.toAbsolutePath() + "/objects\n");
    Path shallow = lender.resolve("shallow");
    if (Files.exists(shallow)) {
      Files.copy(shallow, git.resolve("shallow"));
    }
  }

  /**
   * Makes the one that a tree's commands see, with the real one's objects to read.
   *
   * @param lender the real one
   * @param tags what it shows beside the branch, by full name
   * @return the file that was written last
   */
  public static Path createDisposable(
      Path tree,
      Path lender,
      BranchName branch,
      ObjectId commit,
      Map<String, ObjectId> tags,
      GitIdentity identity,
      SnapshotFolder base,
      ObjectReader objects)
      throws IOException {
    removeDisposable(tree);
    Path git = tree.resolve(Constants.DOT_GIT);
    layOut(git, "ref: " + branch.ref() + "\n");
    borrow(git, lender);
    Config config = config();
    config.setBoolean("core", null, "bare", false);
    // The index below knows sizes and times only.
    config.setBoolean("core", null, "trustctime", false);
    config.setString("core", null, "checkStat", "minimal");
    config.setString("user", null, "name", identity.name());
    config.setString("user", null, "email", identity.email());
    write(git.resolve("config"), config.toText());
    Map<String, ObjectId> refs = new TreeMap<>(tags);
    refs.put(branch.ref(), commit);
    var packed = new StringBuilder("# pack-refs with: sorted\n");
    refs.forEach((name, id) -> packed.append(id.name()).append(' ').append(name).append('\n'));
    write(git.resolve("packed-refs"), packed.toString());
    Path index = git.resolve("index");
    IndexFile.write(base, objects, index);
    return index;
  }

  private static void layOut(Path git, String head) throws IOException {
    Files.createDirectory(git);
    for (String folder : new String[] {"objects/info", "objects/pack", "refs/heads", "refs/tags"}) {
      Files.createDirectories(git.resolve(folder));
    }
    write(git.resolve("HEAD"), head);
  }

  private static Config config() {
    var config = new Config();
    config.setInt("core", null, "repositoryformatversion", 0);
    config.setBoolean("core", null, "filemode", true);
    config.setBoolean("core", null, "autocrlf", false);
    return config;
  }

  private static void write(Path file, String text) throws IOException {
    Files.write(file, text.getBytes(UTF_8));
  }
}
