package io.numa.avatar.workspace;

import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;

/**
 * An entry of a folder.
 *
 * @param executable whether its owner may run it
 * @param size in bytes; has a meaning only for a file
 */
public record Entry(Kind kind, boolean executable, long size) {
  /** The kinds of things in a file system. */
  public enum Kind {
    FILE,
    LINK,
    FOLDER,
    /** A pipe, a socket or a device. */
    OTHER
  }

  static Entry of(PosixFileAttributes attributes) {
    Kind kind =
        attributes.isSymbolicLink()
            ? Kind.LINK
            : attributes.isDirectory()
                ? Kind.FOLDER
                : attributes.isRegularFile() ? Kind.FILE : Kind.OTHER;
    return new Entry(
        kind,
        attributes.permissions().contains(PosixFilePermission.OWNER_EXECUTE),
        attributes.size());
  }

  public boolean isFile() {
    return kind == Kind.FILE;
  }

  public boolean isLink() {
    return kind == Kind.LINK;
  }

  public boolean isFolder() {
    return kind == Kind.FOLDER;
  }
}
