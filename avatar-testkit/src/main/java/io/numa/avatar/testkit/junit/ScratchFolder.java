package io.numa.avatar.testkit.junit;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A new folder for the files of a server, which is removed with them.
 *
 * @param path where it is
 */
record ScratchFolder(Path path) implements AutoCloseable {
  /** Makes one among the temporary files. */
  static ScratchFolder create(String prefix) throws IOException {
    return new ScratchFolder(Files.createTempDirectory(prefix));
  }

  @Override
  public void close() throws IOException {
    delete(path);
  }

  private static void delete(Path path) throws IOException {
    if (Files.isDirectory(path, NOFOLLOW_LINKS)) {
      try (var children = Files.newDirectoryStream(path)) {
        for (Path child : children) {
          delete(child);
        }
      }
    }
    Files.deleteIfExists(path);
  }
}
