package io.numa.avatar.git.internal.support;

import java.io.IOException;
import java.nio.file.Path;

/** Removes a folder, in a separate process with fewer rights than the test's own. */
final class DeletesFolder {
  private DeletesFolder() {}

  public static void main(String[] args) throws IOException {
    Folders.delete(Path.of(args[0]));
  }
}
