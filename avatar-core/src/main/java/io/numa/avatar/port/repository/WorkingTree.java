package io.numa.avatar.port.repository;

import java.nio.file.Path;
import java.util.Set;

/** A folder of files in which commands and coding agents work. */
public interface WorkingTree {
  /** The root of the tree, an absolute path. */
  Path directory();

  /**
   * Folders outside of the tree that Git reads for the {@code .git} in it: absolute paths. They
   * hold objects of this repository alone.
   */
  default Set<Path> borrowed() {
    return Set.of();
  }
}
