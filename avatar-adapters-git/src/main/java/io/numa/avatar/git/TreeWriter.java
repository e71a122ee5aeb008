package io.numa.avatar.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

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
import org.eclipse.jgit.lib.CoreConfig.EolStreamType;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.ProgressMonitor;
import org.eclipse.jgit.util.io.EolStreamTypeUtil;
import org.jspecify.annotations.Nullable;

/**
 * Brings a folder from what is noted of it to another tree, by the difference of the two: an empty
 * folder to a whole checkout, the tree of an earlier task to that of the next one. What it writes
 * is new at its place, so nothing is written through a symbolic link that the tree holds as well.
 */
final class TreeWriter {
  private final ObjectReader objects;
  private final Lfs lfs;
  private final SparseCone cone;
  private final boolean keepIgnored;
  private final ProgressMonitor monitor;

  /**
   * @param lfs has the contents of some files
   * @param cone what is written
   * @param keepIgnored whether files that the base commit does not have stay where they are, if its
   *     {@code .gitignore} files name them
   */
  TreeWriter(
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
   * @param folder what is there; notes what is there then
   * @throws PortException of kind {@code DENIED} if an entry has a name that no file may have
   */
  void write(BaseFolder folder, ObjectId tree, Path root) throws IOException {
    update(folder, tree, new Place(root, new byte[0], null, false, false));
    lfs.fill(monitor);
  }

  /**
   * Where a folder is, and what holds for it from above.
   *
   * @param path in the tree, empty for the root, else ending in a slash
   * @param ignored whether a folder above is ignored
   * @param anew whether files are written that are the same in Git, as they look otherwise now
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Place(
      Path directory, byte[] path, @Nullable FolderRules above, boolean ignored, boolean anew) {
    byte[] path(BaseEntry entry) {
      return Bytes.join(path, entry.name());
    }

    Path file(BaseEntry entry) {
      return FileNames.resolve(directory, entry.name());
    }
  }

  private void update(BaseFolder folder, ObjectId tree, Place place) throws IOException {
    if (folder.isSettledAs(tree) && !place.anew()) {
      return;
    }
    List<BaseEntry> wanted = TreeObjects.entries(objects, tree);
    var rules = new FolderRules(place.above(), files(wanted), WorkspacePath.decode(place.path()));
    Map<String, BaseEntry> there = folder.byName();
    boolean anew = place.anew() || rulesChange(there, wanted);
    takeAway(there, wanted, place);
    judgeStrangers(folder, wanted, rules, place);
    for (int i = 0; i < wanted.size(); i++) {
      BaseEntry entry = wanted.get(i);
      wanted.set(i, put(entry, there.get(entry.text()), place, rules, anew));
    }
    folder.settle(tree, wanted, Stamp.of(place.directory()));
  }

  private static boolean rulesChange(Map<String, BaseEntry> there, List<BaseEntry> wanted) {
    BaseEntry before = there.get(Constants.DOT_GIT_ATTRIBUTES);
    for (BaseEntry entry : wanted) {
      if (entry.text().equals(Constants.DOT_GIT_ATTRIBUTES)) {
        return before == null || !before.isSameAs(entry);
      }
    }
    return before != null;
  }

  /** The files of a tree, read from Git. */
  private FolderRules.Source files(List<BaseEntry> entries) {
    return name -> {
      for (BaseEntry entry : entries) {
        if (entry.isFile() && new String(entry.name(), UTF_8).equals(name)) {
          try (InputStream in = objects.open(entry.id(), Constants.OBJ_BLOB).openStream()) {
            return in.readNBytes(FolderRules.LARGEST);
          }
        }
      }
      return FolderRules.NOTHING;
    };
  }

  private void takeAway(Map<String, BaseEntry> there, List<BaseEntry> wanted, Place place)
      throws IOException {
    Set<String> names = new HashSet<>();
    wanted.forEach(entry -> names.add(entry.text()));
    for (Iterator<BaseEntry> all = there.values().iterator(); all.hasNext(); ) {
      BaseEntry entry = all.next();
      if (!names.contains(entry.text())) {
        Folders.delete(place.file(entry));
        all.remove();
      }
    }
  }

  /** What nobody knows goes, unless it is ignored and such things are to be kept. */
  private void judgeStrangers(
      BaseFolder folder, List<BaseEntry> wanted, FolderRules rules, Place place)
      throws IOException {
    if (folder.strangers().isEmpty()) {
      return;
    }
    Set<String> names = new HashSet<>();
    wanted.forEach(entry -> names.add(entry.text()));
    for (Iterator<String> all = folder.strangers().iterator(); all.hasNext(); ) {
      String name = all.next();
      Path file = FileNames.resolve(place.directory(), WorkspacePath.encode(name));
      Stamp stamp = Stamp.find(file);
      String path = WorkspacePath.decode(place.path()) + name;
      boolean ignored = stamp != null && (place.ignored() || rules.ignores(path, stamp.isFolder()));
      if (!keepIgnored || !ignored || names.contains(name) || AgentState.is(name)) {
        Folders.delete(file);
        all.remove();
      }
    }
  }

  /** Sees to it that an entry is there, and gives what is noted of it. */
  private BaseEntry put(
      BaseEntry entry, @Nullable BaseEntry old, Place place, FolderRules rules, boolean anew)
      throws IOException {
    if (entry.isFolder() && !cone.includesFolder(WorkspacePath.decode(place.path(entry)))) {
      return entry.leftOut();
    }
    if (entry.isFolder()) {
      return putFolder(entry, old, place, rules, anew);
    }
    if (old != null && old.isSameAs(entry) && old.isWritten() && !(anew && old.isFile())) {
      return old;
    }
    if (old != null && old.isWritten()) {
      Folders.delete(place.file(entry));
    }
    if (entry.isSubmodule()) {
      makeFolder(place.file(entry));
      entry.written(Stamp.of(place.file(entry)), null);
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

  private BaseEntry putFolder(
      BaseEntry entry, @Nullable BaseEntry old, Place place, FolderRules rules, boolean anew)
      throws IOException {
    Path directory = place.file(entry);
    BaseFolder folder = old == null ? null : old.folder();
    if (old != null && folder == null && old.isWritten()) {
      Folders.delete(directory);
    }
    if (folder == null || folder.stamp() == null) {
      makeFolder(directory);
      folder = BaseFolder.empty();
    }
    byte[] path = Bytes.join(place.path(entry), new byte[] {'/'});
    boolean ignored = place.ignored() || (keepIgnored && ignores(rules, place.path(entry)));
    update(folder, entry.id(), new Place(directory, path, rules, ignored, anew));
    return BaseEntry.folder(entry.name(), entry.id(), folder);
  }

  private static boolean ignores(FolderRules rules, byte[] folder) {
    return rules.ignores(WorkspacePath.decode(folder), true);
  }

  private static void makeFolder(Path directory) throws IOException {
    try {
      Files.createDirectory(directory);
    } catch (FileAlreadyExistsException e) {
      Folders.delete(directory);
      Files.createDirectory(directory);
    }
  }

  private void writeLink(BaseEntry entry, Place place) throws IOException {
    byte[] target = objects.open(entry.id(), Constants.OBJ_BLOB).getBytes();
    Path inTree = FileNames.of(target);
    Path link = Files.createSymbolicLink(place.file(entry), inTree);
    noteWritten(entry, link, Ids.of(FileNames.bytes(inTree)));
  }

  private void writeFile(BaseEntry entry, Place place, FolderRules rules) throws IOException {
    Path file = place.file(entry);
    String path = WorkspacePath.decode(place.path(entry));
    EolStreamType lineEnds =
        entry.text().equals(Constants.DOT_GIT_ATTRIBUTES)
            ? EolStreamType.DIRECT
            : rules.checkOut(path);
    try (OutputStream out =
        EolStreamTypeUtil.wrapOutputStream(
            Files.newOutputStream(file, CREATE_NEW, WRITE), lineEnds)) {
      objects.open(entry.id(), Constants.OBJ_BLOB).copyTo(out);
    }
    if (entry.mode().equals(FileMode.EXECUTABLE_FILE)) {
      Executable.set(file, true);
    }
    ObjectId inTree = entry.id();
    if (lineEnds != EolStreamType.DIRECT) {
      try (InputStream in = Files.newInputStream(file)) {
        inTree = Ids.of(in, Files.size(file));
      }
    }
    noteWritten(entry, file, inTree);
    if (lfs.isFor(rules, path)) {
      lfs.written(
          file,
          path,
          objects.open(entry.id(), Constants.OBJ_BLOB),
          content -> noteWritten(entry, file, content));
    }
    monitor.update(1);
  }

  private static void noteWritten(BaseEntry entry, Path file, ObjectId inTree) throws IOException {
    entry.written(Stamp.of(file), inTree.equals(entry.id()) ? null : inTree);
  }
}
