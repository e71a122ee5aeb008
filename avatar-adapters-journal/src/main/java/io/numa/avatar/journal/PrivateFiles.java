package io.numa.avatar.journal;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Creates files and folders that only their owner may use, if the file system has owners. Existing
 * ones keep their permissions: the operator may have set them.
 */
final class PrivateFiles {
  private PrivateFiles() {}

  /** Creates the folder if it is missing, and returns its real path. */
  static Path folder(Path folder) throws IOException {
    // createDirectories of Java 17 fails if the path is a link to a folder.
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder, only("rwx------"));
    }
    return folder.toRealPath();
  }

  /** Opens a file for reading and writing; creates it if it is missing. */
  static FileChannel file(Path file) throws IOException {
    return FileChannel.open(file, Set.of(CREATE, READ, WRITE), only("rw-------"));
  }

  /** Makes a rename in a folder survive a loss of power, if the system supports that. */
  static void sync(Path folder) throws IOException {
    if (knowsOwners()) {
      try (FileChannel channel = FileChannel.open(folder, READ)) {
        channel.force(true);
      }
    }
  }

  private static FileAttribute<?>[] only(String permissions) {
    return knowsOwners()
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  private static boolean knowsOwners() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
  }
}
