package io.numa.avatar.git.internal.worktree;

import io.numa.avatar.git.internal.attributes.Conversion;
import io.numa.avatar.git.internal.attributes.FolderRules;
import io.numa.avatar.git.internal.support.BlobIds;
import io.numa.avatar.git.internal.worktree.ContentIndex.Known;
import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.workspace.Change;
import io.numa.avatar.workspace.Draft;
import io.numa.avatar.workspace.Entry;
import io.numa.avatar.workspace.FileNames;
import io.numa.avatar.workspace.Tree;
import io.numa.avatar.workspace.Workspace;
import io.numa.avatar.workspace.WorkspaceException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.jspecify.annotations.Nullable;

/**
 * Changes a working tree to another Git tree, or back to the previous one. It does not write files
 * that are right already. A switch keeps untracked files, unless they are in the way. It never
 * follows a symbolic link.
 */
public final class TreeSwitch {
  private final Workspace workspace;
  private final ObjectReader objects;
  private final ContentIndex contents;
  private final DirCache old;

  /**
   * @param contents receives the files whose content in the tree was converted
   * @param old the tree's previous content; files of it that the new content lacks are removed
   */
  public TreeSwitch(Workspace workspace, ObjectReader objects, ContentIndex contents, ObjectId old)
      throws IOException {
    this.workspace = workspace;
    this.objects = objects;
    this.contents = contents;
    this.old = DirCache.read(objects, old);
  }

  /** Changes the tree to this content. If that fails, restores the tree's previous state. */
  public void switchTo(ObjectId tree) throws IOException {
    DirCache next = DirCache.read(objects, tree);
    try (Change change = workspace.begin()) {
      removeWhatGoes(next, change);
      write(next, entry -> true, change);
      change.keep();
    }
    contents.lfs().fill();
    contents.pointTo(submodules(next));
  }

  /** Restores the tree's last content, and removes untracked files that are not ignored. */
  public void restore() throws IOException {
    // Rule files first: they say which files are ignored.
    try (Change change = workspace.begin()) {
      write(old, entry -> TreeSweep.RULES.contains(name(entry)), change);
      change.keep();
    }
    contents.pointTo(submodules(old));
    TreeSweep.sweep(workspace.root(), contents, old);
    DirCache base = DirCache.read(objects, contents.base().root().tree());
    var rules = new TreeRules(objects, old);
    try (Change change = workspace.begin()) {
      for (DirCacheEntry entry : old.getEntriesWithin("")) {
        if (isInTree(entry, base, change.tree()) && !isThere(entry, change.tree())) {
          clearTheWay(path(entry), change);
          write(entry, rules, change);
        }
      }
      change.keep();
    }
    contents.lfs().fill();
  }

  /** Whether a file is in the tree, rather than one of the base commit that the tree leaves out. */
  private boolean isInTree(DirCacheEntry entry, DirCache base, Tree tree) throws IOException {
    if (contents.cone().includesFile(path(entry).value()) || look(path(entry), tree).isPresent()) {
      return true;
    }
    DirCacheEntry before = find(base, entry);
    return before == null || !isSame(before, entry);
  }

  private static Map<String, ObjectId> submodules(DirCache tree) {
    Map<String, ObjectId> commits = new HashMap<>();
    for (DirCacheEntry entry : tree.getEntriesWithin("")) {
      if (entry.getFileMode().equals(FileMode.GITLINK)) {
        commits.put(path(entry).value(), entry.getObjectId());
      }
    }
    return commits;
  }

  private void removeWhatGoes(DirCache next, Change change) throws IOException {
    Set<WorkspacePath> folders = new LinkedHashSet<>();
    for (DirCacheEntry entry : old.getEntriesWithin("")) {
      if (find(next, entry) == null) {
        remove(entry, change);
        path(entry).parent().ifPresent(folders::add);
      }
    }
    for (WorkspacePath folder : folders) {
      removeEmpty(folder, change);
    }
  }

  /** Removes an entry. Keeps the files in a submodule's folder. */
  private static void remove(DirCacheEntry entry, Change change) throws IOException {
    WorkspacePath path = path(entry);
    if (entry.getFileMode().equals(FileMode.GITLINK)) {
      removeEmpty(path, change);
    } else if (look(path, change.tree()).filter(there -> !there.isFolder()).isPresent()) {
      change.remove(path);
    }
  }

  private static void removeEmpty(WorkspacePath folder, Change change) throws IOException {
    if (look(folder, change.tree()).isPresent()) {
      change.removeEmpty(folder);
    }
  }

  private void write(DirCache next, Predicate<DirCacheEntry> wanted, Change change)
      throws IOException {
    var rules = new TreeRules(objects, next);
    for (DirCacheEntry entry : next.getEntriesWithin("")) {
      if (contents.cone().includesFile(path(entry).value())
          && wanted.test(entry)
          && !isThere(entry, change.tree())) {
        clearTheWay(path(entry), change);
        write(entry, rules, change);
      }
    }
  }

  private static String name(DirCacheEntry entry) {
    String path = entry.getPathString();
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static boolean isSame(DirCacheEntry one, DirCacheEntry other) {
    return one.getObjectId().equals(other.getObjectId()) && one.getRawMode() == other.getRawMode();
  }

  /** Whether an entry of both trees is still in place; commands may have changed it. */
  private boolean isThere(DirCacheEntry entry, Tree tree) throws IOException {
    DirCacheEntry before = find(old, entry);
    WorkspacePath path = path(entry);
    if (before == null || !isSame(before, entry)) {
      return false;
    }
    Optional<Entry> there = look(path, tree);
    if (there.isEmpty()) {
      return false;
    }
    return switch (there.get().kind()) {
      case FOLDER -> entry.getFileMode().equals(FileMode.GITLINK);
      case LINK ->
          entry.getFileMode().equals(FileMode.SYMLINK)
              && stands(entry, BlobIds.of(tree.linkTarget(path)));
      case FILE ->
          isFile(entry)
              && there.get().executable() == entry.getFileMode().equals(FileMode.EXECUTABLE_FILE)
              && stands(entry, idOf(path, there.get(), tree));
      case OTHER -> false;
    };
  }

  private static boolean isFile(DirCacheEntry entry) {
    return (entry.getRawMode() & FileMode.TYPE_MASK) == FileMode.TYPE_FILE;
  }

  private boolean stands(DirCacheEntry entry, ObjectId inTree) {
    Optional<Known> known =
        contents.file(path(entry).value()).filter(ids -> ids.inTree().equals(inTree));
    return known.map(Known::inGit).orElse(inTree).equals(entry.getObjectId());
  }

  private static ObjectId idOf(WorkspacePath path, Entry file, Tree tree) throws IOException {
    try (InputStream in = tree.open(path)) {
      return BlobIds.of(in, file.size());
    }
  }

  /** Removes a file or link where a folder must be, and a folder where something else must be. */
  private static void clearTheWay(WorkspacePath path, Change change) throws IOException {
    Tree tree = change.tree();
    StringBuilder above = new StringBuilder();
    for (String name : path.segments().subList(0, path.segments().size() - 1)) {
      above.append(above.isEmpty() ? "" : "/").append(name);
      var folder = WorkspacePath.ofGit(WorkspacePath.encode(above.toString()));
      Optional<Entry> there = tree.find(folder);
      if (there.filter(entry -> !entry.isFolder()).isPresent()) {
        change.remove(folder);
      }
    }
  }

  private void write(DirCacheEntry entry, TreeRules rules, Change change) throws IOException {
    WorkspacePath path = path(entry);
    boolean folder = change.tree().find(path).filter(Entry::isFolder).isPresent();
    if (entry.getFileMode().equals(FileMode.GITLINK)) {
      if (!folder && change.tree().find(path).isPresent()) {
        change.remove(path);
      }
      change.makeFolder(path);
      return;
    }
    if (folder) {
      change.remove(path);
    }
    if (entry.getFileMode().equals(FileMode.SYMLINK)) {
      change.link(path, TreeObjects.linkTarget(objects, entry.getObjectId(), path.value()));
      note(path, new Known(BlobIds.of(change.tree().linkTarget(path)), entry.getObjectId()));
    } else {
      writeFile(path, entry, rules.of(path), change);
    }
  }

  private void writeFile(WorkspacePath path, DirCacheEntry entry, FolderRules rules, Change change)
      throws IOException {
    Conversion conversion = rules.conversion(path.value());
    ObjectLoader blob = objects.open(entry.getObjectId(), Constants.OBJ_BLOB);
    Draft content = change.draft();
    try (content) {
      conversion.checkOut(blob::openStream, entry.getObjectId(), content);
    }
    change.put(path, content, entry.getFileMode().equals(FileMode.EXECUTABLE_FILE));
    Optional<Entry> file = change.tree().find(path);
    ObjectId inTree =
        !conversion.keepsBlobs() && file.isPresent()
            ? idOf(path, file.get(), change.tree())
            : entry.getObjectId();
    note(path, new Known(inTree, entry.getObjectId()));
    if (contents.lfs().isFor(rules, path.value())) {
      contents
          .lfs()
          .written(
              FileNames.resolve(workspace.root(), path.bytes()),
              path.value(),
              blob,
              filled -> note(path, new Known(filled, entry.getObjectId())));
    }
  }

  private void note(WorkspacePath path, Known known) {
    contents.note(path.value(), known);
  }

  private static @Nullable DirCacheEntry find(DirCache among, DirCacheEntry entry) {
    byte[] path = entry.getRawPath();
    int at = among.findEntry(path, path.length);
    return at < 0 ? null : among.getEntry(at);
  }

  /** The entry at a path; behind a link there is none. */
  private static Optional<Entry> look(WorkspacePath path, Tree tree) throws IOException {
    try {
      return tree.find(path);
    } catch (WorkspaceException e) {
      if (e.kind() == FailureKind.DENIED) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static WorkspacePath path(DirCacheEntry entry) {
    return TreeObjects.path(entry.getRawPath());
  }
}
