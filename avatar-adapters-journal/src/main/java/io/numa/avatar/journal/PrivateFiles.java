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
 * Files and folders that only their owner may use from the beginning, where the file system has
 * owners. Existing ones keep their permissions: the operator may have set them.
 */
final class PrivateFiles {
  private PrivateFiles() {}

  /** Makes the folder if need be, and gives its one true path. */
  static Path folder(Path folder) throws IOException {
    // Java 17 takes a link to a folder for a file in the way.
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder, only("rwx------"));
    }
    return folder.toRealPath();
  }

  /** Opens a file to be read and written, and makes it if need be. */
  static FileChannel file(Path file) throws IOException {
    return FileChannel.open(file, Set.of(CREATE, READ, WRITE), only("rw-------"));
  }

  /** Makes a rename in a folder survive a loss of power, where the system can. */
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
