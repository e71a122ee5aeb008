package io.numa.avatar.cli.command;

import io.numa.avatar.workspace.Folder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Consumer;

/** A command's temporary folder. */
final class OwnFolder implements AutoCloseable {
  private final Path place;
  private final Consumer<String> complain;
  private boolean kept;

  private OwnFolder(Path place, Consumer<String> complain) {
    this.place = place;
    this.complain = complain;
  }

  /**
   * Makes one, which only its owner may enter.
   *
   * @param complain told if it cannot be removed
   */
  static OwnFolder create(String prefix, Consumer<String> complain) {
    try {
      var owner =
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
      return new OwnFolder(Files.createTempDirectory(prefix, owner), complain);
    } catch (IOException e) {
      throw new UncheckedIOException("could not make a temporary folder: " + e.getMessage(), e);
    }
  }

  Path place() {
    return place;
  }

  /** Makes {@link #close} leave it. */
  void keep() {
    kept = true;
  }

  boolean isKept() {
    return kept;
  }

  /** Removes it with its content, unless it is kept. */
  @Override
  public void close() {
    if (kept) {
      return;
    }
    try (Folder folder = Folder.open(place)) {
      for (Path name : folder.names()) {
        folder.delete(name);
      }
      Files.delete(place);
    } catch (IOException e) {
      complain.accept("could not remove all of '" + place + "': " + e.getMessage());
    }
  }
}
