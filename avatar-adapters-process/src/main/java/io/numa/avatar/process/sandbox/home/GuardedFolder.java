package io.numa.avatar.process.sandbox.home;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.util.UUID;

/**
 * A folder that hostile processes may change at any moment. Nothing here follows a symbolic link
 * below it. Not thread-safe.
 *
 * <p>Java cannot make a folder relative to an open one, so new things are made in a private folder
 * of the same file system, and moved.
 */
final class GuardedFolder implements Closeable {
  private final SecureDirectoryStream<Path> top;
  private final SecureDirectoryStream<Path> workshop;
  private final Path workshopPath;

  /**
   * @param folder not itself in reach of the processes that may change its content
   * @param workshop a folder on the same file system that only the avatar can enter
   */
  GuardedFolder(Path folder, Path workshop) throws IOException {
    this.top = open(folder);
    this.workshop = open(workshop);
    this.workshopPath = workshop;
  }

  @SuppressWarnings("StreamResourceLeak") // it stays open until close()
  private static SecureDirectoryStream<Path> open(Path folder) throws IOException {
    DirectoryStream<Path> stream = Files.newDirectoryStream(folder);
    if (stream instanceof SecureDirectoryStream<Path> secure) {
      return secure;
    }
    stream.close();
    throw new IOException("this system cannot open folders");
  }

  /**
   * Writes a file in place of what is there, and makes the folders above it.
   *
   * @param path relative
   */
  void write(Path path, String content) throws IOException {
    Path made = newPath();
    Files.writeString(made, content, UTF_8);
    place(made, path);
  }

  /**
   * Makes a symbolic link, unless something else than a link is there, and the folders above it.
   *
   * @param path relative
   */
  void link(Path path, Path target) throws IOException {
    if (!holdsMore(path)) {
      Path made = newPath();
      Files.createSymbolicLink(made, target);
      place(made, path);
    }
  }

  private boolean holdsMore(Path path) throws IOException {
    try (var parent = parent(path)) {
      var view =
          parent.stream()
              .getFileAttributeView(
                  path.getFileName(), BasicFileAttributeView.class, NOFOLLOW_LINKS);
      return !view.readAttributes().isSymbolicLink();
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private Path newPath() {
    return workshopPath.resolve(UUID.randomUUID().toString());
  }

  private void place(Path made, Path path) throws IOException {
    try (var parent = parent(path)) {
      workshop.move(made.getFileName(), parent.stream(), path.getFileName());
    } finally {
      Files.deleteIfExists(made);
    }
  }

  /** A folder below the top, or the top itself, which stays open. */
  private record Opened(SecureDirectoryStream<Path> stream, boolean closes) implements Closeable {
    @Override
    public void close() throws IOException {
      if (closes) {
        stream.close();
      }
    }
  }

  private Opened parent(Path path) throws IOException {
    var opened = new Opened(top, false);
    for (Path name : path.getParent() == null ? Path.of("") : path.getParent()) {
      if (!name.toString().isEmpty()) {
        try (var above = opened) {
          opened = new Opened(enter(above.stream(), name), true);
        }
      }
    }
    return opened;
  }

  /** Enters a folder, and makes it if there is none, also in place of a link. */
  private SecureDirectoryStream<Path> enter(SecureDirectoryStream<Path> above, Path name)
      throws IOException {
    try {
      return above.newDirectoryStream(name, NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return make(above, name);
    } catch (FileSystemException e) {
      above.deleteFile(name); // a link or a file; fails if it is a folder that cannot be entered
      return make(above, name);
    }
  }

  private SecureDirectoryStream<Path> make(SecureDirectoryStream<Path> above, Path name)
      throws IOException {
    Path made = Files.createDirectory(newPath());
    try {
      workshop.move(made.getFileName(), above, name);
    } catch (IOException e) {
      Files.deleteIfExists(made);
      // Another one may have made it meanwhile; if not, the next line fails.
    }
    return above.newDirectoryStream(name, NOFOLLOW_LINKS);
  }

  @Override
  public void close() throws IOException {
    try (top) {
      workshop.close();
    }
  }
}
