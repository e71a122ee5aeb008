package io.numa.avatar.git.internal.support;

import static java.nio.file.attribute.PosixFilePermission.GROUP_EXECUTE;
import static java.nio.file.attribute.PosixFilePermission.GROUP_READ;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_EXECUTE;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_READ;
import static java.nio.file.attribute.PosixFilePermission.OWNER_EXECUTE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/** The executable bit, the only permission of a file that Git stores. */
public final class ExecutableBit {
  private ExecutableBit() {}

  public static boolean is(PosixFileAttributes file) {
    return file.permissions().contains(OWNER_EXECUTE);
  }

  /** Sets it for all users that may read the file. */
  public static void set(Path file) throws IOException {
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
    permissions.add(OWNER_EXECUTE);
    if (permissions.contains(GROUP_READ)) {
      permissions.add(GROUP_EXECUTE);
    }
    if (permissions.contains(OTHERS_READ)) {
      permissions.add(OTHERS_EXECUTE);
    }
    Files.setPosixFilePermissions(file, permissions);
  }
}
