package io.numa.avatar.git.internal.worktree;

import io.numa.avatar.git.internal.attributes.Content;
import io.numa.avatar.git.internal.lfs.Lfs;
import io.numa.avatar.git.settings.SparseCone;
import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.workspace.Change;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.Repository;

/**
 * The content in Git of paths whose files in the tree do not show it: files of the base commit,
 * files and links that a patch wrote byte by byte, and submodules, which are empty folders in the
 * tree.
 */
public final class ContentIndex {
  private final Repository repository;
  private final TreeSnapshot base;
  private final Lfs lfs;
  private final SparseCone cone;

  // By path, as text: a tree may have names that a plan must not use.
  private final Map<String, Known> files = new HashMap<>();
  private final Map<String, Optional<ObjectId>> submodules = new HashMap<>();
  private final Set<String> folders = new HashSet<>();

  /**
   * @param base the files of the checked-out commit, as written
   * @param lfs has the contents of LFS files
   * @param cone the folders of the commit that are in the tree
   */
  public ContentIndex(Repository repository, TreeSnapshot base, Lfs lfs, SparseCone cone) {
    this.repository = repository;
    this.base = base;
    this.lfs = lfs;
    this.cone = cone;
  }

  /** The contents of a whole tree without LFS. */
  public ContentIndex(Repository repository, TreeSnapshot base) {
    this(repository, base, Lfs.off(), SparseCone.ALL);
  }

  /**
   * The two ids of a file or link, valid until a command writes it.
   *
   * @param inTree the id that its bytes in the tree would have as a blob
   * @param inGit the id of its content in Git
   */
  public record Known(ObjectId inTree, ObjectId inGit) {}

  /** A copy with another base. The notes about files stay valid while the files are unchanged. */
  public ContentIndex on(TreeSnapshot newBase) {
    var next = new ContentIndex(repository, newBase, lfs, cone);
    noteConverted(base.root(), "", next);
    next.files.putAll(files);
    next.folders.addAll(folders);
    return next;
  }

  private static void noteConverted(SnapshotFolder folder, String path, ContentIndex in) {
    for (SnapshotEntry entry : folder.entries()) {
      SnapshotFolder inner = entry.folder();
      ObjectId inTree = entry.inTree();
      if (inner != null) {
        noteConverted(inner, path + entry.text() + "/", in);
      } else if (inTree != null) {
        in.note(path + entry.text(), new Known(inTree, entry.id()));
      }
    }
  }

  public Lfs lfs() {
    return lfs;
  }

  public SparseCone cone() {
    return cone;
  }

  public TreeSnapshot base() {
    return base;
  }

  /** Whether the base commit or a patch has something in a folder. */
  boolean holdsBeneath(String folder) {
    return folders.contains(folder) || base.holdsFolder(folder);
  }

  /**
   * The paths of all files that a patch has written, and of submodules that a patch has added or
   * removed.
   */
  Set<String> patched() {
    Set<String> paths = new HashSet<>(files.keySet());
    paths.addAll(submodules.keySet());
    return paths;
  }

  /** Opens a blob of Git for reading. */
  public InputStream open(ObjectId blob) throws IOException {
    return repository.open(blob, Constants.OBJ_BLOB).openStream();
  }

  /** The blob that the base commit has at a path, if it has a file there. */
  public Optional<Content> inBase(String path) {
    SnapshotEntry entry = base.file(path);
    return entry == null || !entry.isFile()
        ? Optional.empty()
        : Optional.of(() -> open(entry.id()));
  }

  /** Reads a blob from Git. */
  public byte[] read(ObjectId blob) throws IOException {
    return repository.open(blob, Constants.OBJ_BLOB).getBytes(Integer.MAX_VALUE);
  }

  /** Stores a blob in Git. */
  public ObjectId store(byte[] blob) throws IOException {
    try (ObjectInserter inserter = repository.newObjectInserter()) {
      ObjectId id = inserter.insert(Constants.OBJ_BLOB, blob);
      inserter.flush();
      return id;
    }
  }

  /** Notes the ids of a file or link that was written. */
  void note(String path, Known known) {
    files.put(path, known);
  }

  /**
   * Notes the ids of a file or link that a patch wrote; the file is committed even if it is
   * ignored.
   */
  public void note(WorkspacePath path, Known known, Change change) {
    change.onUndo(undo(files, path.value()));
    files.put(path.value(), known);
    noteFolders(path);
  }

  /** The ids of a file or link that a patch has written, or that the checkout has converted. */
  public Optional<Known> file(String path) {
    Known patched = files.get(path);
    SnapshotEntry entry = patched == null ? base.file(path) : null;
    return entry == null || entry.inTree() == null
        ? Optional.ofNullable(patched)
        : Optional.of(new Known(entry.inTree(), entry.id()));
  }

  /** Makes a path a submodule at a commit; if empty, removes the submodule. */
  public void point(WorkspacePath path, Optional<ObjectId> commit, Change change) {
    change.onUndo(undo(submodules, path.value()));
    submodules.put(path.value(), commit);
    noteFolders(path);
  }

  /** The commit of the submodule at a path, if it is one. */
  public Optional<ObjectId> submodule(String path) {
    Optional<ObjectId> pointed = submodules.get(path);
    if (pointed != null) {
      return pointed;
    }
    SnapshotEntry entry = base.file(path);
    return entry != null && entry.isSubmodule() ? Optional.of(entry.id()) : Optional.empty();
  }

  /** Replaces all submodules, including those of patches, by those of a tree. */
  void pointTo(Map<String, ObjectId> commits) {
    submodules.replaceAll((path, commit) -> Optional.ofNullable(commits.get(path)));
    commits.forEach((path, commit) -> submodules.put(path, Optional.of(commit)));
  }

  private void noteFolders(WorkspacePath path) {
    Optional<WorkspacePath> folder = path.parent();
    while (folder.isPresent() && folders.add(folder.get().value())) {
      folder = folder.get().parent();
    }
  }

  private static <T> Runnable undo(Map<String, T> map, String path) {
    T before = map.get(path);
    return () -> {
      if (before == null) {
        map.remove(path);
      } else {
        map.put(path, before);
      }
    };
  }
}
