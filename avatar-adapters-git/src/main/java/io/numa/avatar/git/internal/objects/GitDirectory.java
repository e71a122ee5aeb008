package io.numa.avatar.git.internal.objects;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE_NEW;

import io.numa.avatar.git.internal.support.Folders;
import io.numa.avatar.git.internal.support.JGitIsolation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/**
 * Creates the real Git directory of a working copy; {@link DisposableGit} is for the tree's
 * commands. JGit's own {@code create()} starts a shell to learn the umask, and leaves a {@code
 * .git} file in the tree.
 */
public final class GitDirectory {
  /** Git itself gives up at this depth, too. */
  private static final int MAX_LENDERS = 5;

  private static final String NO_BRANCH = "ref: refs/heads/none\n";

  private GitDirectory() {}

  /** Creates and opens the real one, which knows no working tree. */
  public static SparsePackRepository create(Path git) throws IOException {
    layOut(git, NO_BRANCH);
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

  /** Creates and opens the real one, which can read the objects of another repository. */
  public static SparsePackRepository create(Path git, Path lender) throws IOException {
    layOut(git);
    return lend(git, lender);
  }

  /** Makes the folders of the real one before it is known whose objects it can read. */
  public static void layOut(Path git) throws IOException {
    layOut(git, NO_BRANCH);
    reset(git);
  }

  /** Opens the real one, which is laid out and can now read the objects of another repository. */
  public static SparsePackRepository lend(Path git, Path lender) throws IOException {
    borrow(git, lender);
    return open(git);
  }

  static void borrow(Path git, Path lender) throws IOException {
    write(git.resolve("objects/info/alternates"), lender.toAbsolutePath() + "/objects\n");
    Path shallow = lender.resolve("shallow");
    if (Files.exists(shallow)) {
      Files.copy(shallow, git.resolve("shallow"));
    }
  }

  static void layOut(Path git, String head) throws IOException {
    Files.createDirectory(git);
    for (String folder : new String[] {"objects/info", "objects/pack", "refs/heads", "refs/tags"}) {
      Files.createDirectories(git.resolve(folder));
    }
    write(git.resolve("HEAD"), head);
  }

  static Config config() {
    var config = new Config();
    config.setInt("core", null, "repositoryformatversion", 0);
    config.setBoolean("core", null, "filemode", true);
    config.setBoolean("core", null, "autocrlf", false);
    return config;
  }

  static void write(Path file, String text) throws IOException {
    Files.write(file, text.getBytes(UTF_8));
  }
}
