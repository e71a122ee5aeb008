package io.numa.avatar.git.internal.lfs;

import io.numa.avatar.workspace.PrivateFolders;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Predicate;

/**
 * LFS objects in a folder, laid out as git-lfs lays out its own. An object is complete or absent,
 * never partial. Safe for use by several threads and processes.
 */
public final class LfsStore {
  private static final int BUFFER = 1 << 16;

  private final Path folder;

  /**
   * @param folder the store's folder; created when needed
   */
  public LfsStore(Path folder) {
    this.folder = folder;
  }

  /** The path of an object, whether it exists or not. */
  Path path(LfsPointer pointer) {
    String oid = pointer.oid();
    return folder.resolve(oid.substring(0, 2)).resolve(oid.substring(2, 4)).resolve(oid);
  }

  boolean has(LfsPointer pointer) throws IOException {
    Path path = path(pointer);
    return Files.isRegularFile(path) && Files.size(path) == pointer.size();
  }

  /** The free space for objects, in bytes. */
  long room() throws IOException {
    PrivateFolders.make(folder);
    return Files.getFileStore(folder).getUsableSpace();
  }

  /**
   * Stores a content.
   *
   * @param limit the largest allowed size, in bytes
   * @return the content's pointer; if the content is too long, a pointer to the part read so far
   */
  LfsPointer add(InputStream content, long limit) throws IOException {
    return add(content, limit, found -> found.size() <= limit);
  }

  /**
   * Stores the content of an object.
   *
   * @throws IOException if the content is not that of the object
   */
  void add(LfsPointer expected, InputStream content) throws IOException {
    if (!add(content, expected.size(), expected::equals).equals(expected)) {
      throw new IOException(
          "the content received for the LFS object " + expected.oid() + " has another id");
    }
  }

  private LfsPointer add(InputStream content, long limit, Predicate<LfsPointer> wanted)
      throws IOException {
    PrivateFolders.make(folder);
    Path temporary = Files.createTempFile(folder, "incoming-", "");
    try {
      LfsPointer found;
      try (OutputStream out = Files.newOutputStream(temporary)) {
        found = copy(content, out, limit);
      }
      if (wanted.test(found)) {
        moveIn(temporary, found);
      }
      return found;
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /**
   * Replaces a file's content by an object.
   *
   * @throws IOException if the object is missing or damaged; a damaged object is removed
   */
  void copyTo(LfsPointer pointer, Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      if (copy(pointer, out)) {
        return;
      }
    }
    Files.deleteIfExists(path(pointer));
    throw new IOException("the LFS object " + pointer.oid() + " was damaged on this machine");
  }

  /** Reads an object, and says whether it has the content of its id. */
  boolean isWhole(LfsPointer pointer) throws IOException {
    return copy(pointer, OutputStream.nullOutputStream());
  }

  private boolean copy(LfsPointer pointer, OutputStream out) throws IOException {
    try (InputStream in = Files.newInputStream(path(pointer))) {
      return copy(in, out, pointer.size()).equals(pointer);
    }
  }

  private void moveIn(Path temporary, LfsPointer pointer) throws IOException {
    Path path = path(pointer);
    PrivateFolders.make(path.resolveSibling(""));
    Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE);
  }

  private static LfsPointer copy(InputStream content, OutputStream out, long limit)
      throws IOException {
    var in = new DigestInputStream(content, sha256());
    long size = 0;
    byte[] buffer = new byte[BUFFER];
    for (int count = in.read(buffer); count > 0 && size <= limit; count = in.read(buffer)) {
      out.write(buffer, 0, count);
      size += count;
    }
    return new LfsPointer(HexFormat.of().formatHex(in.getMessageDigest().digest()), size);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
