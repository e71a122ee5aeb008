package io.numa.avatar.git.internal.support;

import java.io.IOException;
import java.nio.file.Path;

/** Removes a folder, for a test that gives it less than its own rights. */
final class DeletesFolder {
  private DeletesFolder() {}

  public static void main(String[] args) throws IOException {
    Folders.delete(Path.of(args[0]));
  }
}
