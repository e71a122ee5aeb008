package io.numa.avatar.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.workspace.FileNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/**
 * Lays out the two Git directories of a working copy. JGit's own {@code create()} starts a shell to
 * learn the umask, and leaves a {@code .git} file in the tree.
 */
final class GitFolder {
  private GitFolder() {}

  /** Makes and opens the real one, which has no idea of a tree. */
  static org.eclipse.jgit.lib.Repository create(Path git) throws IOException {
    layOut(git, "ref: refs/heads/none\n");
    return open(git);
  }

  /** Opens one that was made earlier. */
  static org.eclipse.jgit.lib.Repository open(Path git) throws IOException {
    reset(git);
    return new FileRepositoryBuilder()
        .setGitDir(git.toFile())
        .setFS(JGitIsolation.FILES)
        .setBare()
        .build();
  }

  /** Puts the real one's configuration back to what it was made with. */
  static void reset(Path git) throws IOException {
    Config config = config();
    config.setBoolean("core", null, "bare", true);
    write(git.resolve("config"), config.toText());
  }

  /**
   * Makes the one that a tree's commands see, with the real one's objects to read.
   *
   * @param tags what it shows beside the branch, by full name
   */
  static void createDisposable(
      Path tree,
      BranchName branch,
      ObjectId commit,
      Map<String, ObjectId> tags,
      GitIdentity identity,
      Contents contents)
      throws IOException {
    Path git = tree.resolve(".git");
    layOut(git, "ref: " + branch.ref() + "\n");
    write(git.resolve("objects/info/alternates"), "../../../git/objects\n");
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
    writeIndex(git, tree, contents);
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

  /** With sizes and times, so that {@code git status} need not read every file. */
  private static void writeIndex(Path git, Path tree, Contents contents) throws IOException {
    DirCache base = contents.base();
    DirCache index = DirCache.lock(git.resolve("index").toFile(), JGitIsolation.FILES);
    DirCacheBuilder builder = index.builder();
    for (int i = 0; i < base.getEntryCount(); i++) {
      var entry = new DirCacheEntry(base.getEntry(i));
      if (!contents.cone().includesFile(WorkspacePath.decode(entry.getRawPath()))) {
        entry.setAssumeValid(true); // or it would seem deleted
      } else if (!entry.getFileMode().equals(FileMode.GITLINK)) {
        var attributes = Folders.attributes(FileNames.resolve(tree, entry.getRawPath()));
        entry.setLength((int) attributes.size());
        entry.setLastModified(attributes.lastModifiedTime().toInstant());
      }
      builder.add(entry);
    }
    builder.finish();
    index.write();
    if (!index.commit()) {
      throw new IOException("could not write the index in '" + git + "'");
    }
  }

  private static void write(Path file, String text) throws IOException {
    Files.write(file, text.getBytes(UTF_8));
  }
}
