package io.numa.avatar.process.sandbox.home;

import static java.nio.file.FileVisitResult.CONTINUE;
import static java.nio.file.FileVisitResult.SKIP_SUBTREE;
import static java.nio.file.FileVisitResult.TERMINATE;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Folders that a hostile process filled, and that no process changes any more. */
final class FolderTree {
  /** The size of what cannot be measured. */
  static final long UNKNOWN = Long.MAX_VALUE;

  private static final int DEEPEST_MEASURED = 200;

  /** What an empty file takes, so that many of them count. */
  private static final long ENTRY = 1024;

  /** As names have 255 bytes, a path of this depth is short enough for the kernel. */
  private static final int DEEPEST_DELETED = 10;

  private static final Set<PosixFilePermission> ALL = PosixFilePermissions.fromString("rwx------");

  private FolderTree() {}

  /**
   * Adds up the bytes of all files, without following links; {@link #UNKNOWN} if it cannot be read,
   * or is nested more than two hundred deep.
   *
   * @param leftOut folders that do not count, and need not be readable
   */
  static long size(Path folder, Predicate<Path> leftOut) throws IOException {
    var adder = new Adder(leftOut);
    Files.walkFileTree(folder, adder);
    return adder.sum;
  }

  private static final class Adder extends SimpleFileVisitor<Path> {
    private final Predicate<Path> leftOut;
    long sum;
    private int depth;

    Adder(Predicate<Path> leftOut) {
      this.leftOut = leftOut;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      if (leftOut.test(folder)) {
        return SKIP_SUBTREE;
      }
      sum += ENTRY;
      depth++;
      return depth > DEEPEST_MEASURED ? givenUp() : CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) {
      depth--;
      return failure == null ? CONTINUE : givenUp();
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      sum += ENTRY + attributes.size();
      return CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) {
      return failure instanceof NoSuchFileException ? CONTINUE : givenUp();
    }

    private FileVisitResult givenUp() {
      sum = UNKNOWN;
      return TERMINATE;
    }
  }

  /** Deletes a folder with all that it holds, at any depth and with any rights. */
  static void delete(Path folder) throws IOException {
    do {
      empty(folder, folder, 0);
    } while (!isEmpty(folder));
    Files.delete(folder);
  }

  /** Folders that are too deep are moved to the top. */
  private static void empty(Path top, Path folder, int depth) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        if (!Files.isDirectory(entry, NOFOLLOW_LINKS)) {
          Files.delete(entry);
          continue;
        }
        Files.setPosixFilePermissions(entry, ALL);
        if (depth == DEEPEST_DELETED) {
          Files.move(entry, top.resolve(UUID.randomUUID().toString()));
        } else {
          empty(top, entry, depth + 1);
          Files.delete(entry);
        }
      }
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      return !entries.iterator().hasNext();
    }
  }
}
