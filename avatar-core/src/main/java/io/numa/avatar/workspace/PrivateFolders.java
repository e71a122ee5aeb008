package io.numa.avatar.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Makes folders that only their owner may enter, if the file system has owners. So other users of
 * the machine reach nothing in them, even where a command opens its files to all.
 */
public final class PrivateFolders {
  private PrivateFolders() {}

  /**
   * Makes a folder and those above it, as far as they are missing. Those that exist keep their
   * permissions: the operator may have set them.
   *
   * @return the same path
   */
  public static Path make(Path folder) throws IOException {
    return Files.createDirectories(folder, owners(folder));
  }

  private static FileAttribute<?>[] owners(Path folder) {
    return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
        }
        : new FileAttribute<?>[0];
  }
}
