package io.numa.avatar.process.sandbox.watch;

import static java.nio.file.FileVisitResult.CONTINUE;
import static java.nio.file.FileVisitResult.TERMINATE;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a folder takes, in whole blocks of 4 KiB, while hostile processes change it.
 *
 * @param bytes of what could be read
 * @param complete whether all of it could be read
 */
record FolderSize(long bytes, boolean complete) {
  private static final long BLOCK = 4096;

  /** Each level keeps a folder open. */
  private static final int DEEPEST = 200;

  /** A smaller file counts once for each of its names. */
  private static final long COUNTED_ONCE = 1 << 20;

  /**
   * Adds up the files, without following links. Holes of a file count.
   *
   * @param most ends the search when it is exceeded
   */
  static FolderSize of(Path folder, long most) throws IOException {
    var adder = new Adder(most);
    Files.walkFileTree(folder, Set.of(), DEEPEST, adder);
    return new FolderSize(adder.sum, adder.complete);
  }

  private static final class Adder extends SimpleFileVisitor<Path> {
    private final long most;
    private final Set<Object> large = new HashSet<>();
    private long sum;
    private boolean complete = true;

    Adder(long most) {
      this.most = most;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      return add(BLOCK);
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) {
      complete &= failure == null;
      return CONTINUE;
    }

    /** Also gets the folders that are too deep. */
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      complete &= !attributes.isDirectory();
      long size = attributes.size();
      boolean again =
          size >= COUNTED_ONCE && attributes.fileKey() != null && !large.add(attributes.fileKey());
      return add(again ? BLOCK : Math.max(1, (size + BLOCK - 1) / BLOCK) * BLOCK);
    }

    /** One that is gone counts, too, so that endless changes do not make the search endless. */
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) {
      complete &= failure instanceof NoSuchFileException;
      return add(BLOCK);
    }

    private FileVisitResult add(long bytes) {
      sum += bytes;
      return sum > most ? TERMINATE : CONTINUE;
    }
  }
}
