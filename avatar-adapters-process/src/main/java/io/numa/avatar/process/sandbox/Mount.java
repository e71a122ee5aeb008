package io.numa.avatar.process.sandbox;

import java.nio.file.Path;

/** A part of what a sandbox sees. Later parts cover earlier ones. */
sealed interface Mount {
  /** Where it is seen; absolute. */
  Path target();

  /** A file or folder of this machine that can be read. */
  record ReadOnly(Path source, Path target) implements Mount {
    ReadOnly(Path path) {
      this(path, path);
    }
  }

  /** A folder of this machine that can be changed. */
  record Writable(Path source, Path target) implements Mount {
    Writable(Path path) {
      this(path, path);
    }
  }

  /** An empty folder in memory that everyone may write to. */
  record Memory(Path target, long bytes) implements Mount {}

  /** A symbolic link. */
  record Link(Path target, String to) implements Mount {}

  /** An empty folder that nothing can be written to; it covers what is there. */
  record EmptyFolder(Path target) implements Mount {}

  /** Nothing that can be read; it covers a file. */
  record NoFile(Path target) implements Mount {}
}
