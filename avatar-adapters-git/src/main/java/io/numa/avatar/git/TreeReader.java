package io.numa.avatar.git;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.numa.avatar.port.PortException;
import io.numa.avatar.task.FailureKind;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Arrays;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.CoreConfig.EolStreamType;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.util.RawParseUtils;
import org.eclipse.jgit.util.TemporaryBuffer;
import org.eclipse.jgit.util.io.EolStreamTypeUtil;
import org.jspecify.annotations.Nullable;

/**
 * Reads a working tree as the next commit's tree, compared with the base commit's.
 *
 * <p>Every file is read: size and time stamps, which JGit would go by, can be made to lie. No
 * symbolic link is followed. Unlike JGit's own iterators this copes with names that are no UTF-8,
 * with pipes and sockets, and with whatever {@code .git} in the root has become.
 */
final class TreeReader {
  private static final int IN_MEMORY = 1 << 20;

  private final DirCache base;
  private final ObjectInserter inserter;
  private final DirCacheBuilder tree = DirCache.newInCore().builder();

  TreeReader(DirCache base, ObjectInserter inserter) {
    this.base = base;
    this.inserter = inserter;
  }

  /**
   * Reads the tree, and stores what is new in it.
   *
   * @return the tree's entries, sorted
   * @throws PortException of kind {@code DENIED} if it holds a repository of its own
   */
  DirCache read(Path root) throws IOException {
    readFolder(root, new Folder(new byte[0], "", new FolderRules(null, root, ""), false));
    tree.finish();
    inserter.flush();
    return tree.getDirCache();
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Folder(byte[] prefix, String path, FolderRules rules, boolean ignored) {
    Folder enter(Path folder, byte[] path, boolean folderIgnored) throws IOException {
      byte[] inside = Bytes.join(path, new byte[] {'/'});
      String text = RawParseUtils.decode(inside);
      return new Folder(inside, text, new FolderRules(rules, folder, text), folderIgnored);
    }
  }

  private void readFolder(Path directory, Folder folder) throws IOException {
    for (Path child : Folders.children(directory)) {
      byte[] name = GitPaths.bytes(child.getFileName());
      String text = RawParseUtils.decode(name);
      if (folder.prefix().length == 0 && text.equals(Constants.DOT_GIT)) {
        continue;
      }
      byte[] path = Bytes.join(folder.prefix(), name);
      var attributes = Files.readAttributes(child, PosixFileAttributes.class, NOFOLLOW_LINKS);
      boolean ruledOut =
          folder.ignored()
              || folder.rules().ignores(folder.path() + text, attributes.isDirectory());
      DirCacheEntry old = old(path);
      boolean leftOut = old == null && (ruledOut || AgentState.is(text));
      if (!attributes.isDirectory()) {
        if (!leftOut) {
          addFile(child, folder, path, attributes, old);
        }
      } else if (old != null && old.getFileMode().equals(FileMode.GITLINK)) {
        tree.add(old); // a submodule stays where it is, whether it has been checked out or not
      } else if (!leftOut || hasOldBeneath(path)) {
        requireNoRepository(child, path);
        readFolder(child, folder.enter(child, path, ruledOut));
      }
    }
  }

  private static void requireNoRepository(Path folder, byte[] path) {
    if (Files.exists(folder.resolve(Constants.DOT_GIT), NOFOLLOW_LINKS)) {
      throw new PortException(
          FailureKind.DENIED,
          "could not commit '"
              + RawParseUtils.decode(path)
              + "': it is a repository of its own; remove its '.git', or ignore the folder");
    }
  }

  private void addFile(
      Path file,
      Folder folder,
      byte[] path,
      PosixFileAttributes attributes,
      @Nullable DirCacheEntry old)
      throws IOException {
    var entry = new DirCacheEntry(path);
    if (attributes.isSymbolicLink()) {
      entry.setFileMode(FileMode.SYMLINK);
      entry.setObjectId(link(Files.readSymbolicLink(file), old));
    } else if (attributes.isRegularFile()) {
      entry.setFileMode(
          Executable.is(attributes) ? FileMode.EXECUTABLE_FILE : FileMode.REGULAR_FILE);
      entry.setObjectId(blob(file, attributes.size(), folder, path, old));
    } else {
      return; // Git knows no pipes, sockets and devices
    }
    tree.add(entry);
  }

  /** A link keeps its old text if that means the same path; Java drops slashes at its end. */
  private ObjectId link(Path target, @Nullable DirCacheEntry old) throws IOException {
    if (old != null && old.getFileMode().equals(FileMode.SYMLINK)) {
      try (var reader = inserter.newReader()) {
        if (GitPaths.of(reader.open(old.getObjectId()).getBytes()).equals(target)) {
          return old.getObjectId();
        }
      }
    }
    return inserter.insert(Constants.OBJ_BLOB, GitPaths.bytes(target));
  }

  /**
   * A file whose bytes are those of the base commit is unchanged, even where line ends would be
   * converted: else files that nobody has touched would be committed.
   */
  private ObjectId blob(
      Path file, long size, Folder folder, byte[] path, @Nullable DirCacheEntry old)
      throws IOException {
    if (old != null && old.getObjectId().equals(idOf(file, size))) {
      return old.getObjectId();
    }
    EolStreamType lineEnds = folder.rules().checkIn(RawParseUtils.decode(path));
    if (lineEnds == EolStreamType.DIRECT) {
      try (InputStream in = Files.newInputStream(file)) {
        return inserter.insert(Constants.OBJ_BLOB, size, in);
      }
    }
    var converted = new TemporaryBuffer.LocalFile(null, IN_MEMORY);
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      converted.copy(EolStreamTypeUtil.wrapInputStream(in, lineEnds));
      converted.close();
      return inserter.insert(Constants.OBJ_BLOB, converted.length(), converted.openInputStream());
    } finally {
      converted.destroy();
    }
  }

  private ObjectId idOf(Path file, long size) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return inserter.idFor(Constants.OBJ_BLOB, size, in);
    }
  }

  private @Nullable DirCacheEntry old(byte[] path) {
    int at = base.findEntry(path, path.length);
    return at < 0 ? null : base.getEntry(at);
  }

  private boolean hasOldBeneath(byte[] path) {
    byte[] prefix = Bytes.join(path, new byte[] {'/'});
    int next = -(base.findEntry(prefix, prefix.length) + 1);
    if (next >= base.getEntryCount()) {
      return false;
    }
    byte[] found = base.getEntry(next).getRawPath();
    return found.length > prefix.length
        && Arrays.equals(found, 0, prefix.length, prefix, 0, prefix.length);
  }
}
