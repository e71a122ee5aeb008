package io.numa.avatar.workspace;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * An open folder. It opens entries relative to its handle, by single names, and never through a
 * symbolic link. It stays the same folder even if its path later names another one. Not
 * thread-safe.
 */
public final class Folder implements AutoCloseable {
  private static final Path SELF = Path.of(".");
  private static final Set<PosixFilePermission> OURS = PosixFilePermissions.fromString("rwx------");

  private final Path path;
  private final SecureDirectoryStream<Path> handle;

  private Folder(Path path, DirectoryStream<Path> handle) throws IOException {
    if (!(handle instanceof SecureDirectoryStream<Path> secure)) {
      handle.close();
      throw new IOException(
          "the file system of '" + path + "' cannot open files relative to their folder");
    }
    this.path = path;
    this.handle = secure;
  }

  /**
   * Opens a folder by its path. The last name of the path must not be a link; the others may be.
   *
   * @throws NotDirectoryException if it is not a folder, or is a link to one
   */
  public static Folder open(Path path) throws IOException {
    Path parent = path.toAbsolutePath().getParent();
    if (parent == null) {
      return follow(path);
    }
    try (Folder above = follow(parent)) {
      return above.folder(path.getFileName());
    }
  }

  @SuppressWarnings("StreamResourceLeak") // the folder closes it
  private static Folder follow(Path path) throws IOException {
    return new Folder(path, Files.newDirectoryStream(path));
  }

  /**
   * Opens a folder in this one.
   *
   * @throws NoSuchFileException if there is no such entry
   * @throws NotDirectoryException if the entry is not a folder; a link to a folder is not one
   */
  public Folder folder(Path name) throws IOException {
    // Check the type first, because opening a pipe would wait for its other end.
    if (!attributes(name).isDirectory()) {
      throw new NotDirectoryException(path.resolve(name).toString());
    }
    return new Folder(path.resolve(name), handle.newDirectoryStream(name, NOFOLLOW_LINKS));
  }

  /** Opens this folder a second time. */
  Folder again() throws IOException {
    return new Folder(path, handle.newDirectoryStream(SELF, NOFOLLOW_LINKS));
  }

  /** The path by which this folder was opened. */
  public Path path() {
    return path;
  }

  /** The names in this folder, in no order. */
  public List<Path> names() throws IOException {
    List<Path> names = new ArrayList<>();
    // A directory stream can be read only once.
    try (var children = handle.newDirectoryStream(SELF, NOFOLLOW_LINKS)) {
      children.forEach(child -> names.add(child.getFileName()));
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return names;
  }

  /**
   * The attributes of an entry.
   *
   * @throws NoSuchFileException if there is no such entry
   */
  public PosixFileAttributes attributes(Path name) throws IOException {
    return view(name).readAttributes();
  }

  /** The attributes of an entry, if it exists. */
  public Optional<PosixFileAttributes> find(Path name) throws IOException {
    try {
      return Optional.of(attributes(name));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Opens a file for reading. */
  public InputStream read(Path name) throws IOException {
    if (!attributes(name).isRegularFile()) {
      throw new IOException("'" + path.resolve(name) + "' is no regular file");
    }
    return Channels.newInputStream(
        handle.newByteChannel(name, Set.of(StandardOpenOption.READ, NOFOLLOW_LINKS)));
  }

  /** Creates a new file. */
  OutputStream create(Path name) throws IOException {
    return Channels.newOutputStream(
        handle.newByteChannel(
            name, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, NOFOLLOW_LINKS)));
  }

  /**
   * The text of a symbolic link; a slash at its end is lost.
   *
   * <p>Java cannot read a link by a handle. A link never changes its text. So this method reads the
   * link by its path, and accepts the text if the path and this handle name the same link before
   * and after.
   */
  public byte[] linkTarget(Path name) throws IOException {
    Path link = path.resolve(name);
    Object here = attributes(name).fileKey();
    if (!here.equals(key(link))) {
      throw changed(link);
    }
    byte[] target = FileNames.bytes(Files.readSymbolicLink(link));
    if (!here.equals(key(link))) {
      throw changed(link);
    }
    return target;
  }

  private static Object key(Path path) throws IOException {
    return Files.readAttributes(path, PosixFileAttributes.class, NOFOLLOW_LINKS).fileKey();
  }

  private static WorkspaceException changed(Path link) {
    return WorkspaceException.denied("the way to '" + link + "' changed while it was read");
  }

  void setPermissions(Path name, Set<PosixFilePermission> permissions) throws IOException {
    view(name).setPermissions(permissions);
  }

  /** Moves an entry into another folder. Replaces an existing file or link there. */
  void move(Path name, Folder to, Path newName) throws IOException {
    handle.move(name, to.handle, newName);
  }

  /** Removes an entry with its contents, including write-protected folders. */
  public void delete(Path name) throws IOException {
    if (!attributes(name).isDirectory()) {
      handle.deleteFile(name);
      return;
    }
    unlock(name);
    try (Folder folder = folder(name)) {
      folder.clear();
    }
    handle.deleteDirectory(name);
  }

  /**
   * Removes the contents of this folder. It moves nested folders up into this one before it empties
   * them. So the depth of the nesting cannot exhaust the stack, the handles or the length of paths.
   */
  private void clear() throws IOException {
    String unused = UUID.randomUUID() + "-";
    int moved = 0;
    var names = new ArrayDeque<>(names());
    while (!names.isEmpty()) {
      Path name = names.pop();
      if (!attributes(name).isDirectory()) {
        handle.deleteFile(name);
        continue;
      }
      unlock(name);
      try (Folder folder = folder(name)) {
        for (Path child : folder.names()) {
          if (folder.attributes(child).isDirectory()) {
            folder.unlock(child); // because its entry '..' is about to change
            moved++;
            Path here = Path.of(unused + moved);
            folder.move(child, this, here);
            names.push(here);
          } else {
            folder.handle.deleteFile(child);
          }
        }
      }
      handle.deleteDirectory(name);
    }
  }

  /** Makes a folder writable, so that its contents can be removed. */
  private void unlock(Path name) throws IOException {
    PosixFileAttributes attributes = attributes(name);
    if (attributes.permissions().containsAll(OURS)) {
      return;
    }
    try {
      setPermissions(name, OURS);
    } catch (AccessDeniedException e) {
      // By a handle, Java can change permissions only of entries that it may read.
      Path folder = path.resolve(name);
      if (!attributes.fileKey().equals(key(folder))) {
        throw e;
      }
      Files.setPosixFilePermissions(folder, OURS);
    }
  }

  private PosixFileAttributeView view(Path name) {
    return handle.getFileAttributeView(name, PosixFileAttributeView.class, NOFOLLOW_LINKS);
  }

  @Override
  public void close() throws IOException {
    handle.close();
  }
}
