package io.numa.avatar.archfixtures.avatar.run;

import java.nio.file.Path;

/** Breaks: classes of old have new ones, without an import. */
record KeepsAFile(Path path) {
  boolean isThere() {
    return path.toFile().exists();
  }
}
