package io.numa.avatar.git;

import static org.eclipse.jgit.lib.ObjectReader.OBJ_ANY;

import io.numa.avatar.git.Contents.Known;
import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.port.PortException;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.workspace.FileNames;
import io.numa.avatar.workspace.Folder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Optional;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.CoreConfig.EolStreamType;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.util.TemporaryBuffer;
import org.eclipse.jgit.util.io.EolStreamTypeUtil;
import org.jspecify.annotations.Nullable;

/**
 * Reads a working tree as the next commit's tree, compared with the base commit's.
 *
 * <p>Every file is read: size and time stamps, which JGit would go by, can be made to lie. No
 * symbolic link is followed, whatever changes meanwhile. Unlike JGit's own iterators this copes
 * with names that are no UTF-8, with pipes and sockets, and with whatever {@code .git} in the root
 * has become.
 */
final class TreeReader {
  private static final int IN_MEMORY = 1 << 20;

  private final Contents contents;
  private final ObjectInserter inserter;
  private final long largestFile;
  private final DirCacheBuilder tree = DirCache.newInCore().builder();
  private final OutsideCone outside;

  /**
   * @param largestFile how many bytes a changed file may have
   */
  TreeReader(Contents contents, ObjectInserter inserter, long largestFile) {
    this.contents = contents;
    this.inserter = inserter;
    this.largestFile = largestFile;
    this.outside = new OutsideCone(contents.cone());
  }

  /**
   * Reads the tree, and stores what is new in it.
   *
   * @return the tree's entries, sorted
   * @throws PortException of kind {@code DENIED} if it holds a repository of its own, a file that
   *     is too large, or too many folders in each other
   */
  DirCache read(Path root) throws IOException {
    contents.lfs().restart();
    try (Folder top = open(root)) {
      var rules = new FolderRules(null, FolderRules.in(top), "");
      readFolder(new Place(top, "", 0, rules, false));
    }
    outside.addTo(tree, contents.base());
    tree.finish();
    inserter.flush();
    return tree.getDirCache();
  }

  private static Folder open(Path root) throws IOException {
    try {
      return Folder.open(root);
    } catch (NoSuchFileException | NotDirectoryException e) {
      throw denied("'" + root + "' is no folder any more");
    }
  }

  /**
   * A folder and what holds for it.
   *
   * @param path in the tree, empty for the root, else ending in a slash
   * @param depth how many names the path has
   */
  private record Place(Folder folder, String path, int depth, FolderRules rules, boolean ignored) {
    Place enter(Folder child, String childPath, boolean childIgnored) throws IOException {
      String inside = childPath + "/";
      var inner = new FolderRules(rules, FolderRules.in(child), inside);
      return new Place(child, inside, depth + 1, inner, childIgnored);
    }
  }

  private void readFolder(Place place) throws IOException {
    for (Path child : place.folder().names()) {
      String name = WorkspacePath.decode(FileNames.bytes(child));
      if (place.path().isEmpty() && name.equals(Constants.DOT_GIT)) {
        continue;
      }
      String path = place.path() + name;
      PosixFileAttributes attributes = place.folder().attributes(child);
      boolean ruledOut = place.ignored() || place.rules().ignores(path, attributes.isDirectory());
      DirCacheEntry old = contents.base(path);
      boolean leftOut = old == null && (ruledOut || AgentState.is(name));
      if (attributes.isDirectory()) {
        readFolder(place, child, path, ruledOut, leftOut);
      } else if (!leftOut || contents.file(path).isPresent()) {
        addFile(place, child, path, attributes, old);
      }
    }
  }

  private void readFolder(Place place, Path child, String path, boolean ruledOut, boolean leftOut)
      throws IOException {
    Optional<ObjectId> submodule = contents.submodule(path);
    if (submodule.isPresent()) {
      // It stays where it is, whether it has been checked out or not.
      add(path, FileMode.GITLINK, submodule.get());
    } else if (!leftOut || contents.holdsBeneath(path)) {
      if (place.depth() == WorkspacePath.MAX_NAMES - 1) {
        throw denied(shown(path) + " has more than " + WorkspacePath.MAX_NAMES + " names");
      }
      try (Folder folder = place.folder().folder(child)) {
        requireNoRepository(folder, path);
        readFolder(place.enter(folder, path, ruledOut));
      }
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
      @Nullable DirCacheEntry old)
      throws IOException {
    if (attributes.isSymbolicLink()) {
      add(path, FileMode.SYMLINK, link(place.folder().linkTarget(name), path));
    } else if (attributes.isRegularFile()) {
      requireSize(path, attributes.size(), old);
      add(
          path,
          Executable.is(attributes) ? FileMode.EXECUTABLE_FILE : FileMode.REGULAR_FILE,
          blob(place, name, attributes.size(), path, old));
    } // Git knows no pipes, sockets and devices
  }

  /** Looked at before the file is read; one that is as large as it was may be unchanged. */
  private void requireSize(String path, long size, @Nullable DirCacheEntry old) throws IOException {
    if (size <= largestFile || contents.file(path).isPresent()) {
      return;
    }
    if (old == null || inserter.newReader().getObjectSize(old.getObjectId(), OBJ_ANY) != size) {
      throw denied(
          shown(path) + " has " + size + " bytes, more than guard.max_file_size: " + largestFile);
    }
  }

  private static String shown(String path) {
    return "'" + WorkspacePath.shown(path) + "'";
  }

  private static PortException denied(String problem) {
    return new PortException(FailureKind.DENIED, "could not commit the change: " + problem);
  }

  private void add(String path, FileMode mode, ObjectId id) {
    var entry = new DirCacheEntry(WorkspacePath.encode(path));
    entry.setFileMode(mode);
    entry.setObjectId(id);
    tree.add(entry);
    outside.found(path);
  }

  private ObjectId link(byte[] target, String path) throws IOException {
    ObjectId inTree = inserter.insert(Constants.OBJ_BLOB, target);
    return known(path, inTree).orElse(inTree);
  }

  /**
   * A file whose bytes are those of the base commit is unchanged, even where line ends would be
   * converted: else files that nobody has touched would be committed. One that a patch has written
   * is as the patch says.
   */
  private ObjectId blob(Place place, Path name, long size, String path, @Nullable DirCacheEntry old)
      throws IOException {
    ObjectId inTree;
    try (InputStream in = place.folder().read(name)) {
      inTree = inserter.idFor(Constants.OBJ_BLOB, size, in);
    }
    if (old != null && old.getObjectId().equals(inTree)) {
      return inTree;
    }
    Optional<ObjectId> known = known(path, inTree);
    if (known.isPresent() && !known.get().equals(inTree)) {
      return known.get();
    }
    if (contents.lfs().isFor(place.rules(), path)) {
      return contents
          .lfs()
          .clean(path, () -> place.folder().read(name), size, largestFile, inserter);
    }
    EolStreamType lineEnds =
        known.isPresent() ? EolStreamType.DIRECT : lineEnds(place, name, path, old);
    try (InputStream in = place.folder().read(name)) {
      return lineEnds == EolStreamType.DIRECT
          ? inserter.insert(Constants.OBJ_BLOB, size, in)
          : insertConverted(EolStreamTypeUtil.wrapInputStream(in, lineEnds));
    }
  }

  /**
   * Where Git is to find out by itself what is text, it leaves a file alone that has CR LF in the
   * repository already (convert.c, {@code has_crlf_in_index}).
   */
  private EolStreamType lineEnds(Place place, Path name, String path, @Nullable DirCacheEntry old)
      throws IOException {
    EolStreamType asked = place.rules().checkIn(path);
    if (asked != EolStreamType.AUTO_LF && asked != EolStreamType.AUTO_CRLF) {
      return asked;
    }
    try (InputStream in = place.folder().read(name)) {
      if (!LineEnds.of(in).isText()) {
        return EolStreamType.DIRECT;
      }
    }
    return hasCrLf(old) ? EolStreamType.DIRECT : EolStreamType.TEXT_LF;
  }

  private boolean hasCrLf(@Nullable DirCacheEntry old) throws IOException {
    if (old == null || (old.getRawMode() & FileMode.TYPE_MASK) != FileMode.TYPE_FILE) {
      return false;
    }
    try (var objects = inserter.newReader();
        InputStream in = objects.open(old.getObjectId()).openStream()) {
      LineEnds ends = LineEnds.of(in);
      return ends.isText() && ends.hasCrLf();
    }
  }

  private ObjectId insertConverted(InputStream in) throws IOException {
    var converted = new TemporaryBuffer.LocalFile(null, IN_MEMORY);
    try {
      converted.copy(in);
      converted.close();
      return inserter.insert(Constants.OBJ_BLOB, converted.length(), converted.openInputStream());
    } finally {
      converted.destroy();
    }
  }

  private Optional<ObjectId> known(String path, ObjectId inTree) {
    return contents.file(path).filter(ids -> ids.inTree().equals(inTree)).map(Known::inGit);
  }
}
