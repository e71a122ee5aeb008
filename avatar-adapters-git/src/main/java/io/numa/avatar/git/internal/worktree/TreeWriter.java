package io.numa.avatar.git.internal.worktree;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import io.numa.avatar.git.internal.attributes.AgentStateFiles;
import io.numa.avatar.git.internal.attributes.Conversion;
import io.numa.avatar.git.internal.attributes.FolderRules;
import io.numa.avatar.git.internal.lfs.Lfs;
import io.numa.avatar.git.internal.support.BlobIds;
import io.numa.avatar.git.internal.support.ExecutableBit;
import io.numa.avatar.git.internal.support.Folders;
import io.numa.avatar.git.internal.support.SmallFile;
import io.numa.avatar.git.internal.support.TreeRoom;
import io.numa.avatar.git.settings.SparseCone;
import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.port.PortException;
import io.numa.avatar.workspace.FileNames;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.ProgressMonitor;
import org.jspecify.annotations.Nullable;

/**
 * Changes a folder from its noted content to another tree, by writing the difference: an empty
 * folder becomes a whole checkout, the tree of a previous task becomes that of the next one. It
 * creates each file anew, so it never writes through a symbolic link that the tree contains.
 */
public final class TreeWriter {
  private final ObjectReader objects;
  private final Lfs lfs;
  private final SparseCone cone;
  private final boolean keepIgnored;
  private final ProgressMonitor monitor;

  /**
   * @param lfs has the contents of LFS files
   * @param cone the folders to write
   * @param keepIgnored whether to keep untracked files that the base commit's {@code .gitignore}
   *     files name
   */
  public TreeWriter(
      ObjectReader objects,
      Lfs lfs,
      SparseCone cone,
      boolean keepIgnored,
      ProgressMonitor monitor) {
    this.objects = objects;
    this.lfs = lfs;
    this.cone = cone;
    this.keepIgnored = keepIgnored;
    this.monitor = monitor;
  }

  /**
   * Writes a tree.
   *
   * @param folder the notes about the present content; updated to the new content
   * @param room what is left for the contents of LFS files
   * @throws PortException of kind {@code DENIED} if an entry has a name that a file must not have,
   *     or if there is no room for the LFS files
   */
  public void write(SnapshotFolder folder, ObjectId tree, Path root, TreeRoom room)
      throws IOException {
    update(folder, tree, new Place(root, "", null, false, false));
    lfs.fill(monitor, room);
  }

  /**
   * A folder, and the rules that apply to it from the folders above.
   *
   * @param path its path in the tree; empty for the root, else ending in a slash
   * @param ignored whether a folder above is ignored
   * @param rewrite whether to write unchanged files too, as the attributes or LFS settings have
   *     changed
   */
  private record Place(
      Path directory, String path, @Nullable FolderRules above, boolean ignored, boolean rewrite) {
    String path(SnapshotEntry entry) {
      return path + entry.text();
    }

    Path file(SnapshotEntry entry) {
      return FileNames.resolve(directory, entry.name());
    }

    /** Where an entry will be written; throws if no file may have its path. */
    Path newFile(SnapshotEntry entry) {
      TreeObjects.path(WorkspacePath.encode(path(entry)));
      return file(entry);
    }
  }

  private void update(SnapshotFolder folder, ObjectId tree, Place place) throws IOException {
    if (folder.isSettledAs(tree) && !place.rewrite()) {
      return;
    }
    List<SnapshotEntry> wanted = TreeObjects.entries(objects, tree);
    var rules = new FolderRules(place.above(), files(wanted), place.path());
    Map<String, SnapshotEntry> there = folder.byName();
    boolean rewrite =
        place.rewrite()
            || changes(Constants.DOT_GIT_ATTRIBUTES, there, wanted)
            || (place.path().isEmpty() && changes(Lfs.CONFIG, there, wanted));
    Set<String> names = new HashSet<>();
    wanted.forEach(entry -> names.add(entry.text()));
    takeAway(there, names, place);
    removeUntracked(folder, names, rules, place);
    for (int i = 0; i < wanted.size(); i++) {
      SnapshotEntry entry = wanted.get(i);
      wanted.set(i, put(entry, there.get(entry.text()), place, rules, rewrite));
    }
    folder.settle(tree, wanted, FileStat.of(place.directory()));
  }

  /** Whether a file that says how others are written is another one now. */
  private static boolean changes(
      String name, Map<String, SnapshotEntry> there, List<SnapshotEntry> wanted) {
    SnapshotEntry before = there.get(name);
    for (SnapshotEntry entry : wanted) {
      if (entry.text().equals(name)) {
        return before == null || !before.isSameAs(entry);
      }
    }
    return before != null;
  }

  /** Reads the files of a tree from Git. */
  private FolderRules.Source files(List<SnapshotEntry> entries) {
    return name -> {
      for (SnapshotEntry entry : entries) {
        if (entry.isFile() && new String(entry.name(), UTF_8).equals(name)) {
          return SmallFile.read(name, objects, entry.id());
        }
      }
      return SmallFile.EMPTY;
    };
  }

  private void takeAway(Map<String, SnapshotEntry> there, Set<String> names, Place place)
      throws IOException {
    for (Iterator<SnapshotEntry> all = there.values().iterator(); all.hasNext(); ) {
      SnapshotEntry entry = all.next();
      if (!names.contains(entry.text())) {
        Folders.delete(place.file(entry));
        all.remove();
      }
    }
  }

  /** Removes untracked files, except ignored ones when caches are kept. */
  private void removeUntracked(
      SnapshotFolder folder, Set<String> names, FolderRules rules, Place place) throws IOException {
    for (Iterator<String> all = folder.untracked().iterator(); all.hasNext(); ) {
      String name = all.next();
      Path file = FileNames.resolve(place.directory(), WorkspacePath.encode(name));
      FileStat stat = FileStat.find(file);
      String path = place.path() + name;
      boolean ignored = stat != null && (place.ignored() || rules.ignores(path, stat.isFolder()));
      if (!keepIgnored || !ignored || names.contains(name) || AgentStateFiles.is(name)) {
        Folders.delete(file);
        all.remove();
      }
    }
  }

  /** Writes an entry unless it is in place, and returns the note about it. */
  private SnapshotEntry put(
      SnapshotEntry entry,
      @Nullable SnapshotEntry old,
      Place place,
      FolderRules rules,
      boolean rewrite)
      throws IOException {
    if (entry.isFolder() && !cone.includesFolder(place.path(entry))) {
      return entry.leftOut();
    }
    if (entry.isFolder()) {
      return putFolder(entry, old, place, rules, rewrite);
    }
    if (old != null && old.isSameAs(entry) && old.isWritten() && !(rewrite && old.isFile())) {
      return old;
    }
    if (old != null && old.isWritten()) {
      Folders.delete(place.file(entry));
    }
    if (entry.isSubmodule()) {
      makeFolder(place.newFile(entry));
      entry.written(FileStat.of(place.file(entry)), null);
    } else if (entry.isLink()) {
      writeLink(entry, place);
    } else {
      writeFile(entry, place, rules);
    }
    if (monitor.isCancelled()) {
      throw new InterruptedIOException("stopped while files were written");
    }
    return entry;
  }

  private SnapshotEntry putFolder(
      SnapshotEntry entry,
      @Nullable SnapshotEntry old,
      Place place,
      FolderRules rules,
      boolean rewrite)
      throws IOException {
    Path directory = place.file(entry);
    SnapshotFolder folder = old == null ? null : old.folder();
    if (old != null && folder == null && old.isWritten()) {
      Folders.delete(directory);
    }
    if (folder == null || folder.stamp() == null) {
      makeFolder(place.newFile(entry));
      folder = SnapshotFolder.empty();
    }
    String path = place.path(entry);
    boolean ignored = place.ignored() || (keepIgnored && rules.ignores(path, true));
    update(folder, entry.id(), new Place(directory, path + "/", rules, ignored, rewrite));
    return SnapshotEntry.folder(entry.name(), entry.id(), folder);
  }

  private static void makeFolder(Path directory) throws IOException {
    try {
      Files.createDirectory(directory);
    } catch (FileAlreadyExistsException e) {
      Folders.delete(directory);
      Files.createDirectory(directory);
    }
  }

  private void writeLink(SnapshotEntry entry, Place place) throws IOException {
    Path file = place.newFile(entry);
    Path inTree = FileNames.of(TreeObjects.linkTarget(objects, entry.id(), place.path(entry)));
    Path link = Files.createSymbolicLink(file, inTree);
    noteWritten(entry, link, BlobIds.of(FileNames.bytes(inTree)));
  }

  private void writeFile(SnapshotEntry entry, Place place, FolderRules rules) throws IOException {
    Path file = place.newFile(entry);
    String path = place.path(entry);
    Conversion conversion = rules.conversion(path);
    ObjectLoader blob = objects.open(entry.id(), Constants.OBJ_BLOB);
    try (OutputStream out = Files.newOutputStream(file, CREATE_NEW, WRITE)) {
      if (conversion.keepsBlobs()) {
        blob.copyTo(out);
      } else {
        conversion.checkOut(blob::openStream, entry.id(), out);
      }
    }
    if (entry.mode().equals(FileMode.EXECUTABLE_FILE)) {
      ExecutableBit.set(file);
    }
    ObjectId inTree = entry.id();
    if (!conversion.keepsBlobs()) {
      try (InputStream in = Files.newInputStream(file)) {
        inTree = BlobIds.of(in, Files.size(file));
      }
    }
    noteWritten(entry, file, inTree);
    if (lfs.isFor(rules, path)) {
      lfs.written(file, path, blob, content -> noteWritten(entry, file, content));
    }
    monitor.update(1);
  }

  private static void noteWritten(SnapshotEntry entry, Path file, ObjectId inTree)
      throws IOException {
    entry.written(FileStat.of(file), inTree.equals(entry.id()) ? null : inTree);
  }
}
