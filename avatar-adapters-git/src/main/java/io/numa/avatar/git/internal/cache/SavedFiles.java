package io.numa.avatar.git.internal.cache;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.numa.avatar.git.internal.support.Folders;
import io.numa.avatar.git.internal.support.Seal;
import io.numa.avatar.git.internal.support.TreeCopy;
import io.numa.avatar.workspace.FileNames;
import io.numa.avatar.workspace.PrivateFolders;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import okio.ByteString;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies of files of one repository's trees, by key. Safe for use by several threads and processes:
 * a copy appears by a rename when it is whole, and disappears by a rename before it is removed.
 *
 * <p>Files that mention the path of their tree, such as those of Python's virtual environments,
 * work in that tree only. A copy with such files is found for that tree only.
 */
public final class SavedFiles {
  private static final Logger log = LoggerFactory.getLogger(SavedFiles.class);

  /** The bytes of the paths of a copy, each ended by NUL; the n-th path is saved as {@code n}. */
  private static final String PATHS = "paths";

  private static final String UNFINISHED = ".unfinished-";

  /** The name of the folder while it is removed. */
  private static final String GOING = ".going-";

  /** When a copy that a process did not finish is removed. */
  private static final Duration ABANDONED = Duration.ofDays(1);

  private static final int LARGEST_TEXT = 1 << 20;

  private final Path folder;
  private final Clock clock;
  private final Seal seal;

  /**
   * @param seal marks the copies, so that only unchanged ones are restored
   */
  public SavedFiles(Path folder, Clock clock, Seal seal) {
    this.folder = folder;
    this.clock = clock;
    this.seal = seal;
  }

  /** Saves files, unless there is a copy under the key for their tree. */
  public void save(String key, Path root, List<Path> paths)
      throws IOException, InterruptedException {
    if (Files.exists(place(key)) || Files.exists(placeOf(key, root))) {
      return;
    }
    Path unfinished = folder.resolve(UNFINISHED + UUID.randomUUID());
    PrivateFolders.make(unfinished);
    try {
      var names = new ByteArrayOutputStream();
      for (int i = 0; i < paths.size(); i++) {
        TreeCopy.copy(root.resolve(paths.get(i)), unfinished.resolve(String.valueOf(i)));
        names.writeBytes(FileNames.bytes(paths.get(i)));
        names.write(0);
      }
      Files.write(unfinished.resolve(PATHS), names.toByteArray());
      Path place = new Mentions(root).in(unfinished) ? placeOf(key, root) : place(key);
      new CopySeal(seal, place).write(unfinished, names.toByteArray());
      Files.move(unfinished, place, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      if (!Files.exists(place(key)) && !Files.exists(placeOf(key, root))) {
        throw e;
      } // another task was faster
    } finally {
      Folders.delete(unfinished);
    }
  }

  /**
   * Puts a copy into a tree, which must not have its files.
   *
   * @return whether there is a copy for that tree
   * @throws IOException if only a part of it may be in the tree, or if it was changed after it was
   *     saved; a changed copy is removed
   */
  public boolean restore(String key, Path root) throws IOException, InterruptedException {
    for (Path place : List.of(place(key), placeOf(key, root))) {
      if (Files.isDirectory(place, NOFOLLOW_LINKS)) {
        Object identity = Folders.attributes(place).fileKey();
        Files.setLastModifiedTime(place, FileTime.from(clock.instant()));
        putUnchanged(root, place);
        if (!Folders.attributes(place).fileKey().equals(identity)) {
          throw new IOException("'" + place + "' was replaced meanwhile");
        }
        return true;
      }
    }
    return false;
  }

  private void putUnchanged(Path root, Path place) throws IOException, InterruptedException {
    var sealed = new CopySeal(seal, place);
    try {
      byte[] names = Files.readAllBytes(place.resolve(PATHS));
      sealed.requirePaths(names);
      putInto(root, place, paths(names));
      sealed.requireFiles();
    } catch (ChangedCopyException e) {
      remove(place);
      throw e;
    }
  }

  private static void putInto(Path root, Path place, List<Path> paths)
      throws IOException, InterruptedException {
    for (int i = 0; i < paths.size(); i++) {
      Path parent = root;
      for (Path name : paths.get(i).resolveSibling("")) {
        parent = name.toString().isEmpty() ? parent : parent.resolve(name);
        if (!Files.isDirectory(parent, NOFOLLOW_LINKS)) {
          Files.createDirectory(parent);
        }
      }
      TreeCopy.copy(place.resolve(String.valueOf(i)), root.resolve(paths.get(i)));
    }
  }

  private static List<Path> paths(byte[] names) {
    List<Path> paths = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < names.length; i++) {
      if (names[i] == 0) {
        paths.add(FileNames.of(java.util.Arrays.copyOfRange(names, from, i)));
        from = i + 1;
      }
    }
    return paths;
  }

  private Path place(String key) {
    return folder.resolve(key);
  }

  private Path placeOf(String key, Path root) {
    String hash = ByteString.of(FileNames.bytes(root.toAbsolutePath())).sha256().hex();
    return folder.resolve(key + "-" + hash.substring(0, 16));
  }

  /**
   * Removes a copy. A task that is reading it notices.
   *
   * @param place its folder
   */
  static void remove(Path place) throws IOException {
    Path going = place.resolveSibling(GOING + UUID.randomUUID());
    Files.move(place, going, StandardCopyOption.ATOMIC_MOVE);
    Folders.delete(going);
  }

  /** Whether a folder is one that a process did not finish, or did not remove to its end. */
  static boolean isAbandoned(Path place, Instant now) throws IOException {
    String name = place.getFileName().toString();
    Instant begun = Files.getLastModifiedTime(place, NOFOLLOW_LINKS).toInstant();
    return (name.startsWith(UNFINISHED) || name.startsWith(GOING))
        && begun.plus(ABANDONED).isBefore(now);
  }

  /** Finds files that mention the path of their tree. */
  private static final class Mentions extends SimpleFileVisitor<Path> {
    private final String root;
    private boolean found;

    Mentions(Path root) {
      this.root = new String(FileNames.bytes(root.toAbsolutePath()), ISO_8859_1);
    }

    boolean in(Path copy) throws IOException {
      Files.walkFileTree(copy, this);
      if (found) {
        log.debug("'{}' is for the tree '{}' only", copy, root);
      }
      return found;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      if (attributes.isSymbolicLink()) {
        found = says(FileNames.bytes(Files.readSymbolicLink(file)));
      } else if (attributes.isRegularFile() && attributes.size() <= LARGEST_TEXT) {
        found = says(Files.readAllBytes(file));
      }
      return found ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
    }

    private boolean says(byte[] text) {
      return new String(text, ISO_8859_1).contains(root);
    }
  }
}
