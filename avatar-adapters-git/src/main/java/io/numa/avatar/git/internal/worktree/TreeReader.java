package io.numa.avatar.git.internal.worktree;

import io.numa.avatar.git.internal.attributes.AgentStateFiles;
import io.numa.avatar.git.internal.attributes.FolderRules;
import io.numa.avatar.git.internal.support.ExecutableBit;
import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.repository.ChangedPaths;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.workspace.FileNames;
import io.numa.avatar.workspace.Folder;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.TreeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * Reads a working tree as the next commit's tree, compared with the base commit's.
 *
 * <p>It does not read files whose stamp is unchanged, and reads all others. It follows no symbolic
 * link, even if commands change the tree meanwhile. Unlike JGit's own iterators, it can handle
 * names that are not UTF-8, pipes and sockets, and any {@code .git} in the root.
 */
public final class TreeReader {
  private final ContentIndex contents;
  private final ObjectInserter inserter;
  private final BlobReader blobs;
  private final TreeScan scan;
  private final Unfit unfit;

  private enum Unfit {
    REFUSED,
    LEFT_OUT
  }

  private TreeReader(
      ContentIndex contents,
      ObjectInserter inserter,
      BlobReader blobs,
      TreeScan scan,
      Unfit unfit) {
    this.contents = contents;
    this.inserter = inserter;
    this.blobs = blobs;
    this.scan = scan;
    this.unfit = unfit;
  }

  /**
   * Reads the tree, and stores its new objects.
   *
   * @param changed the places at which it may differ from the written files
   * @param largestFile the largest allowed size of a changed file, in bytes
   * @return the tree's id
   * @throws PortException of kind {@code DENIED} if it contains another repository, a file that is
   *     too large, or folders that are nested too deeply
   */
  public static ObjectId read(
      Path root,
      ContentIndex contents,
      ChangedPaths changed,
      ObjectInserter inserter,
      long largestFile)
      throws IOException {
    return read(
        root,
        contents,
        changed,
        inserter,
        new BlobReader(contents, inserter, largestFile),
        Unfit.REFUSED);
  }

  /** Reads the whole tree; what must not be committed is as in the base commit, or missing. */
  public static ObjectId readWhatFits(
      Path root, ContentIndex contents, ObjectInserter inserter, long largestFile)
      throws IOException {
    return read(
        root,
        contents,
        ChangedPaths.ANYWHERE,
        inserter,
        new BlobReader(contents, inserter, largestFile),
        Unfit.LEFT_OUT);
  }

  private static ObjectId read(
      Path root,
      ContentIndex contents,
      ChangedPaths changed,
      ObjectInserter inserter,
      BlobReader blobs,
      Unfit unfit)
      throws IOException {
    contents.lfs().restart();
    try (Folder top = open(root)) {
      TreeSnapshot base = contents.base();
      TreeScan scan =
          changed.anywhere() || base.isUnknown()
              ? TreeScan.of(root, base)
              : TreeScan.at(changed.paths(), base);
      contents.patched().forEach(scan::touch);
      var reader = new TreeReader(contents, inserter, blobs, scan, unfit);
      var place = new Place(top, "", 0, new FolderRules(null, FolderRules.in(top), ""), false);
      ObjectId tree = reader.readFolder(place, base.root());
      ObjectId id = tree == null ? inserter.insert(new TreeFormatter()) : tree;
      inserter.flush();
      return id;
    }
  }

  private static Folder open(Path root) throws IOException {
    try {
      return Folder.open(root);
    } catch (NoSuchFileException | NotDirectoryException e) {
      throw denied("'" + root + "' is no folder any more");
    }
  }

  /**
   * A folder, and the rules that apply to it.
   *
   * @param path its path in the tree; empty for the root, else ending in a slash
   * @param depth how many names the path has
   */
  record Place(Folder folder, String path, int depth, FolderRules rules, boolean ignored) {
    Place enter(Folder child, String childPath, boolean childIgnored) throws IOException {
      String inside = childPath + "/";
      var inner = new FolderRules(rules, FolderRules.in(child), inside);
      return new Place(child, inside, depth + 1, inner, childIgnored);
    }
  }

  /** The id of a folder's Git tree; null if Git has nothing to store in it. */
  private @Nullable ObjectId readFolder(Place place, @Nullable SnapshotFolder base)
      throws IOException {
    var now = new TreeBuilder();
    if (base == null) {
      readNames(place, Map.of(), now);
    } else if (scan.isTouched(base) || base.stamp() == null) {
      readNames(place, base.byName(), now);
    } else {
      readTouched(place, base, now);
    }
    return base != null && now.isSameAs(base.entries()) ? base.tree() : now.write(inserter);
  }

  /** Reads a folder whose own names are unchanged, but something beneath it has changed. */
  private void readTouched(Place place, SnapshotFolder base, TreeBuilder now) throws IOException {
    for (SnapshotEntry entry : base.entries()) {
      SnapshotFolder inner = entry.folder();
      if (inner != null && scan.leadsToTouched(inner)) {
        readFolder(place, FileNames.of(entry.name()), entry, now);
      } else {
        now.add(entry);
      }
    }
  }

  private void readNames(Place place, Map<String, SnapshotEntry> base, TreeBuilder now)
      throws IOException {
    for (Path child : place.folder().names()) {
      String name = WorkspacePath.decode(FileNames.bytes(child));
      if (!place.path().isEmpty() || !name.equals(Constants.DOT_GIT)) {
        readFit(place, child, name, base.get(name), now);
      }
    }
    for (SnapshotEntry entry : base.values()) {
      if (entry.isLeftOut() && !now.has(entry)) {
        now.add(entry);
      }
    }
  }

  private void readFit(
      Place place, Path child, String name, @Nullable SnapshotEntry base, TreeBuilder now)
      throws IOException {
    try {
      readName(place, child, name, base, now);
    } catch (PortException e) {
      if (unfit == Unfit.REFUSED || e.kind() != FailureKind.DENIED) {
        throw e;
      }
      if (base != null) {
        now.add(base);
      }
    }
  }

  private void readName(
      Place place, Path child, String name, @Nullable SnapshotEntry base, TreeBuilder now)
      throws IOException {
    if (base != null && isAsWritten(base)) {
      now.add(base);
      return;
    }
    String path = place.path() + name;
    PosixFileAttributes attributes = place.folder().attributes(child);
    if (attributes.isDirectory()) {
      readFolder(place, child, base, now);
      return;
    }
    SnapshotEntry old = base == null || base.isFolder() ? null : base;
    boolean leftOut =
        old == null
            && (AgentStateFiles.is(name) || place.ignored() || place.rules().ignores(path, false));
    if (!leftOut || contents.file(path).isPresent()) {
      addFile(place, child, path, attributes, old, now);
    }
  }

  private boolean isAsWritten(SnapshotEntry entry) {
    SnapshotFolder folder = entry.folder();
    return !entry.isLeftOut()
        && !entry.isSubmodule()
        && !scan.isUnsure(entry)
        && (folder == null || !scan.leadsToTouched(folder));
  }

  private void readFolder(Place place, Path child, @Nullable SnapshotEntry base, TreeBuilder now)
      throws IOException {
    String name = WorkspacePath.decode(FileNames.bytes(child));
    String path = place.path() + name;
    Optional<ObjectId> submodule = contents.submodule(path);
    if (submodule.isPresent()) {
      // A submodule stays in the tree, whether it has been checked out or not.
      now.add(name, FileMode.GITLINK, submodule.get());
      return;
    }
    boolean ruledOut = place.ignored() || place.rules().ignores(path, true);
    if ((ruledOut || AgentStateFiles.is(name)) && !contents.holdsBeneath(path)) {
      return;
    }
    if (place.depth() == WorkspacePath.MAX_NAMES - 1) {
      throw denied(shown(path) + " has more than " + WorkspacePath.MAX_NAMES + " names");
    }
    try (Folder folder = place.folder().folder(child)) {
      requireNoRepository(folder, path);
      ObjectId tree = readFolder(place.enter(folder, path, ruledOut), known(base));
      if (tree != null) {
        now.add(name, FileMode.TREE, tree);
      }
    }
  }

  /** The base commit's notes about a folder. If the folder is left out, its whole content is. */
  private @Nullable SnapshotFolder known(@Nullable SnapshotEntry base) throws IOException {
    if (base == null || !base.isLeftOut() || !base.isFolder()) {
      return base == null ? null : base.folder();
    }
    try (ObjectReader objects = inserter.newReader()) {
      return TreeObjects.leftOut(objects, base.id());
    }
  }

  private static void requireNoRepository(Folder folder, String path) throws IOException {
    if (folder.find(Path.of(Constants.DOT_GIT)).isPresent()) {
      throw denied(
          shown(path) + " is a repository of its own; remove its '.git', or ignore the folder");
    }
  }

  private void addFile(
      Place place,
      Path name,
      String path,
      PosixFileAttributes attributes,
      @Nullable SnapshotEntry old,
      TreeBuilder now)
      throws IOException {
    String text = WorkspacePath.decode(FileNames.bytes(name));
    if (attributes.isSymbolicLink()) {
      now.add(text, FileMode.SYMLINK, blobs.link(place.folder().linkTarget(name), path));
    } else if (attributes.isRegularFile()) {
      blobs.requireSize(path, attributes.size(), old);
      now.add(
          text,
          ExecutableBit.is(attributes) ? FileMode.EXECUTABLE_FILE : FileMode.REGULAR_FILE,
          blobs.file(place, name, attributes.size(), path, old));
    } // Git does not store pipes, sockets and devices
  }

  static String shown(String path) {
    return "'" + WorkspacePath.shown(path) + "'";
  }

  static PortException denied(String problem) {
    return new PortException(FailureKind.DENIED, "could not commit the change: " + problem);
  }
}
