package io.numa.avatar.git;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.numa.avatar.workspace.Folder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** Folders on disk. Symbolic links are never followed. */
final class Folders {
  private Folders() {}

  static PosixFileAttributes attributes(Path path) throws IOException {
    return Files.readAttributes(path, PosixFileAttributes.class, NOFOLLOW_LINKS);
  }

  static List<Path> children(Path folder) throws IOException {
    try (var stream = Files.newDirectoryStream(folder)) {
      List<Path> children = new ArrayList<>();
      stream.forEach(children::add);
      return children;
    }
  }

  static boolean isEmptyOrMissing(Path folder) throws IOException {
    return !Files.exists(folder, NOFOLLOW_LINKS) || children(folder).isEmpty();
  }

  /** Removes a folder with all that is in it, write-protected and very deep folders too. */
  static void delete(Path path) throws IOException {
    if (Files.exists(path, NOFOLLOW_LINKS)) {
      try (Folder above = Folder.open(path.toAbsolutePath().resolveSibling("").toRealPath())) {
        above.delete(path.getFileName());
      }
    }
  }
}
