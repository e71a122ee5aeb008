package io.numa.avatar.git.internal.submodule;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.numa.avatar.git.internal.access.ServerCapabilities;
import io.numa.avatar.git.internal.lfs.Lfs;
import io.numa.avatar.git.internal.objects.GitDirectory;
import io.numa.avatar.git.internal.remote.Remote;
import io.numa.avatar.git.internal.support.BlobIds;
import io.numa.avatar.git.internal.support.GitCalls;
import io.numa.avatar.git.internal.support.TreeRoom;
import io.numa.avatar.git.internal.worktree.SnapshotFolder;
import io.numa.avatar.git.internal.worktree.TreeMeasure;
import io.numa.avatar.git.internal.worktree.TreeObjects;
import io.numa.avatar.git.internal.worktree.TreeWriter;
import io.numa.avatar.git.settings.GitSettings;
import io.numa.avatar.git.settings.SparseCone;
import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.port.PortException;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.workspace.FileNames;
import io.numa.avatar.workspace.PrivateFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.ProgressMonitor;
import org.eclipse.jgit.lib.Repository;

/**
 * Writes the files of submodules into a tree during its checkout. Their Git directories are beside
 * that of the working copy. The tree has only their files, so no change there is ever committed to
 * a submodule.
 */
public final class Submodules {
  /** How deep submodules may be nested. */
  public static final int DEEPEST = 10;

  /**
   * How many submodules there may be in total: a repository that contains itself twice has
   * thousands.
   */
  static final int MOST = 500;

  private final GitSettings settings;
  private final Path folder;
  private final ProgressMonitor monitor;
  private final Consumer<String> notes;
  private final TreeRoom room;
  private int count;

  /**
   * @param folder the folder for their Git directories; created if missing
   * @param notes receives what people should know of their files; each text is one line
   * @param room what the repository's own files have left for those of submodules
   */
  public Submodules(
      GitSettings settings,
      Path folder,
      ProgressMonitor monitor,
      Consumer<String> notes,
      TreeRoom room) {
    this.settings = settings;
    this.folder = folder;
    this.monitor = monitor;
    this.notes = notes;
    this.room = room;
  }

  /** Writes the submodules of a commit. The commit's own files must be in the tree already. */
  public void write(
      RepositoryUrl url, Repository repository, ObjectId files, Path tree, SparseCone cone)
      throws IOException {
    if (settings.features().submodules()) {
      try (ObjectReader objects = repository.newObjectReader()) {
        write(url, repository, DirCache.read(objects, files), tree, cone, 1);
      }
    }
  }

  private void write(
      RepositoryUrl url,
      Repository repository,
      DirCache commit,
      Path tree,
      SparseCone cone,
      int depth)
      throws IOException {
    SubmoduleList list = SubmoduleList.read(repository, commit);
    for (DirCacheEntry entry : commit.getEntriesWithin("")) {
      if (entry.getFileMode().equals(FileMode.GITLINK)) {
        String path = WorkspacePath.ofGit(entry.getRawPath()).value();
        Optional<SubmoduleList.Entry> listed = list.find(path);
        if (!cone.includesFile(path)) {
          continue;
        }
        if (listed.isEmpty()) {
          throw failed(FailureKind.NOT_FOUND, path, "no .gitmodules says where it is");
        }
        if (!listed.get().leftOut()) {
          requireFew(path, depth);
          RepositoryUrl from = resolve(url, listed.get().url(), path);
          Path inTree = FileNames.resolve(tree, entry.getRawPath());
          requireRealFolder(tree, inTree, path);
          writeOne(from, entry.getObjectId(), inTree, path, depth);
        }
      }
    }
  }

  private void writeOne(RepositoryUrl url, ObjectId id, Path inTree, String path, int depth)
      throws IOException {
    PrivateFolders.make(folder);
    Path git = folder.resolve(BlobIds.of(url.value().getBytes(UTF_8)).name());
    try (Repository repository =
        Files.isDirectory(git) ? GitDirectory.open(git) : GitDirectory.create(git)) {
      fetch(url, id, repository, path);
      try (ObjectReader objects = repository.newObjectReader()) {
        ObjectId files = TreeObjects.treeOf(objects, id);
        new TreeMeasure(objects, SparseCone.ALL, room).take(files);
        DirCache commit = DirCache.read(objects, files);
        Lfs lfs = Lfs.of(url, git.resolve("lfs"), repository, files, settings);
        new TreeWriter(objects, lfs, SparseCone.ALL, false, monitor)
            .write(SnapshotFolder.empty(), files, inTree, room);
        lfs.notes().forEach(note -> notes.accept("submodule '" + path + "': " + note));
        write(url, repository, commit, inTree, SparseCone.ALL, depth + 1);
      }
    }
  }

  private void fetch(RepositoryUrl url, ObjectId id, Repository repository, String path) {
    var remote = new Remote(url, settings, new ServerCapabilities());
    boolean there =
        GitCalls.remote(
            "fetch the submodule '" + path + "' from '" + url + "'",
            url,
            () ->
                repository.getObjectDatabase().has(id)
                    || remote.fetcher().fetchCommit(repository, id, monitor));
    if (!there) {
      throw failed(
          FailureKind.NOT_FOUND, path, "there is no commit " + id.name() + " in '" + url + "'");
    }
  }

  private static RepositoryUrl resolve(RepositoryUrl superproject, String url, String path) {
    try {
      return SubmoduleUrl.resolve(superproject, url);
    } catch (IllegalArgumentException e) {
      throw failed(FailureKind.DENIED, path, String.valueOf(e.getMessage()));
    }
  }

  private void requireFew(String path, int depth) {
    count++;
    if (depth > DEEPEST || count > MOST) {
      throw failed(
          FailureKind.DENIED,
          path,
          "more than " + DEEPEST + " are nested, or more than " + MOST + " in all");
    }
  }

  /**
   * Checks that a submodule's folder is real. This process wrote the tree just now; a link in it
   * would redirect the submodule's files.
   */
  private static void requireRealFolder(Path tree, Path inTree, String path) {
    for (Path one = inTree; !one.equals(tree); one = one.resolveSibling("").normalize()) {
      if (!Files.isDirectory(one, NOFOLLOW_LINKS)) {
        throw failed(FailureKind.DENIED, path, "it is not in real folders");
      }
    }
  }

  private static PortException failed(FailureKind kind, String path, String reason) {
    return new PortException(
        kind, "could not check out the submodule '" + WorkspacePath.shown(path) + "': " + reason);
  }
}
