package io.numa.avatar.git.internal.support;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.numa.avatar.workspace.Folder;
import io.numa.avatar.workspace.PrivateFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Folders on disk. Symbolic links are never followed. */
public final class Folders {
  /** No task's folder can have this name: its leading dot would be encoded as {@code %2E}. */
  private static final String TRASH = ".trash";

  /**
   * How deep to descend into folders that cannot be removed; each level keeps one file handle open.
   */
  private static final int MAX_STUBBORN_DEPTH = 100;

  private static final Logger log = LoggerFactory.getLogger(Folders.class);

  private Folders() {}

  public static PosixFileAttributes attributes(Path path) throws IOException {
    return Files.readAttributes(path, PosixFileAttributes.class, NOFOLLOW_LINKS);
  }

  public static List<Path> children(Path folder) throws IOException {
    try (var stream = Files.newDirectoryStream(folder)) {
      List<Path> children = new ArrayList<>();
      stream.forEach(children::add);
      return children;
    }
  }

  public static boolean isEmptyOrMissing(Path folder) throws IOException {
    return !Files.exists(folder, NOFOLLOW_LINKS) || children(folder).isEmpty();
  }

  /**
   * Removes a folder with its whole content, including write-protected and very deep folders. If
   * this process can remove only a part, as with other users' folders, it moves the rest into
   * {@value #TRASH} beside the folder. So the path is free after every normal return.
   *
   * @throws IOException if the folder could neither be removed nor moved
   */
  public static void delete(Path path) throws IOException {
    if (!Files.exists(path, NOFOLLOW_LINKS)) {
      return;
    }
    Path parent = path.toAbsolutePath().resolveSibling("").toRealPath();
    try (Folder above = Folder.open(parent)) {
      above.delete(path.getFileName());
    } catch (IOException e) {
      deleteWhatCanBe(path.getFileName(), parent);
      if (Files.exists(path, NOFOLLOW_LINKS)) {
        moveAside(parent.resolve(path.getFileName()), e);
      }
    }
  }

  /** Removes the content of a folder except these names, and the leftovers of previous removals. */
  public static void deleteOthers(Path folder, Set<String> names) throws IOException {
    for (Path child : children(folder)) {
      String name = child.getFileName().toString();
      if (!names.contains(name) && !name.equals(TRASH)) {
        delete(child);
      }
    }
  }

  private static void deleteWhatCanBe(Path name, Path parent) throws IOException {
    try (Folder above = Folder.open(parent)) {
      deleteWhatCanBe(name, above, 0);
    }
  }

  private static void deleteWhatCanBe(Path name, Folder above, int depth) {
    try {
      above.delete(name);
    } catch (IOException e) {
      if (depth < MAX_STUBBORN_DEPTH) {
        deleteOneByOne(name, above, depth);
      }
    }
  }

  private static void deleteOneByOne(Path name, Folder above, int depth) {
    try {
      boolean empty;
      try (Folder folder = above.folder(name)) {
        for (Path child : folder.names()) {
          deleteWhatCanBe(child, folder, depth + 1);
        }
        empty = folder.names().isEmpty();
      }
      if (empty) {
        above.delete(name);
      }
    } catch (IOException e) {
      log.debug("Could not remove '{}'", above.path().resolve(name), e);
    }
  }

  private static void moveAside(Path path, IOException cause) throws IOException {
    Path aside = path.resolveSibling(TRASH).resolve(path.getFileName() + "-" + UUID.randomUUID());
    try {
      PrivateFolders.make(aside.resolveSibling(""));
      Files.move(path, aside, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      cause.addSuppressed(e);
      throw cause;
    }
    log.warn("Could not remove all of '{}': {}; remove '{}' by hand", path, cause, aside);
  }
}
