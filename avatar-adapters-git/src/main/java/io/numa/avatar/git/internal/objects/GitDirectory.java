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
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/**
 * Creates the two Git directories of a working copy: the real one, and one for the tree's commands.
 * JGit's own {@code create()} starts a shell to learn the umask, and leaves a {@code .git} file in
 * the tree.
 */
public final class GitDirectory {
  /** Git itself gives up at this depth, too. */
  private static final int MAX_LENDERS = 5;

  private GitDirectory() {}

  /** Creates and opens the real one, which knows no working tree. */
  public static SparsePackRepository create(Path git) throws IOException {
    layOut(git, "ref: refs/heads/none\n");
    return open(git);
  }

  /** Opens one that exists. */
  public static SparsePackRepository open(Path git) throws IOException {
    reset(git);
    return new SparsePackRepository(git);
  }

  /** A builder with the settings for any of these repositories. */
  static FileRepositoryBuilder setUp(Path git) throws IOException {
    return new FileRepositoryBuilder()
        .setGitDir(git.toFile())
        .setFS(JGitIsolation.FILES)
        .setBare()
        .setup();
  }

  /** Restores the real one's original configuration if it was changed. */
  public static void reset(Path git) throws IOException {
    Config config = config();
    config.setBoolean("core", null, "bare", true);
    byte[] text = config.toText().getBytes(UTF_8);
    Path file = git.resolve("config");
    if (!holds(file, text)) { // overwriting a file waits for the disk
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

  /** The folders in which a real one finds objects: its own, and those that it borrows. */
  public static Set<Path> objectFolders(Path git) throws IOException {
    var found = new LinkedHashSet<Path>();
    var next = new ArrayDeque<>(List.of(git.toAbsolutePath().resolve("objects")));
    while (!next.isEmpty() && found.size() < MAX_LENDERS) {
      Path folder = next.remove();
      Path lenders = folder.resolve("info/alternates");
      if (found.add(folder) && Files.exists(lenders)) {
        Files.readAllLines(lenders).stream()
            .filter(line -> !line.isEmpty())
            .map(folder::resolve)
            .forEach(next::add);
      }
    }
    return found;
  }

  /** Removes the one that a tree's commands have seen. */
  public static void removeDisposable(Path tree) throws IOException {
    Folders.delete(tree.resolve(Constants.DOT_GIT));
  }

  /** Creates and opens the real one, which can read the objects of another repository. */
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
   * Creates the one that a tree's commands see; it can read the real one's objects.
   *
   * @param lender the real one
   * @param tags the refs that it has besides the branch, by full name
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
    // The index has sizes and times only.
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
