package io.numa.avatar.process.sandbox.home;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Folders that only the avatar's user may enter, where hostile processes may have been. */
final class PrivateFolder {
  private static final Set<PosixFilePermission> OWNERS =
      PosixFilePermissions.fromString("rwx------");

  private PrivateFolder() {}

  /**
   * Makes a folder, unless it is there. One that is there is looked at once, as each command has a
   * dozen of them.
   *
   * @throws IOException if something else is there, such as a link, or if it cannot be used
   */
  static void make(Path folder) throws IOException {
    if (!isUsable(folder)) {
      Files.createDirectories(folder, Homes.PRIVATE);
      if (!isUsable(folder)) {
        throw new IOException("'" + folder + "' is no folder that can be used");
      }
    }
  }

  private static boolean isUsable(Path folder) throws IOException {
    try {
      var found = Files.readAttributes(folder, PosixFileAttributes.class, NOFOLLOW_LINKS);
      return found.isDirectory() && found.permissions().containsAll(OWNERS);
    } catch (NoSuchFileException e) {
      return false;
    }
  }
}
