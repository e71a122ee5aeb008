package io.numa.avatar.benchmarks.tasks;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/**
 * Files that were created or changed.
 *
 * @param bytes their total size
 */
record Written(long files, long bytes) {
  static final Written NOTHING = new Written(0, 0);

  /** The current time of the file system's clock. */
  static FileTime now(Path folder) throws IOException {
    Path file = Files.createTempFile(folder, "now-", "");
    try {
      return changed(file);
    } finally {
      Files.delete(file);
    }
  }

  private static FileTime changed(Path file) throws IOException {
    return (FileTime) Files.getAttribute(file, "unix:ctime", LinkOption.NOFOLLOW_LINKS);
  }

  /** The files below a folder that were written since a moment and still exist. */
  static Written since(FileTime moment, Path folder) throws IOException {
    var counter = new Counter(moment);
    Files.walkFileTree(folder, counter);
    return new Written(counter.files, counter.bytes);
  }

  private static final class Counter extends SimpleFileVisitor<Path> {
    private final FileTime moment;
    private long files;
    private long bytes;

    Counter(FileTime moment) {
      this.moment = moment;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      if (changed(witness(file)).compareTo(moment) >= 0) {
        files++;
        bytes += attributes.size();
      }
      return FileVisitResult.CONTINUE;
    }

    /**
     * The file whose time counts. Git updates the time of a pack in which it finds an existing
     * object, but not the time of the pack's index.
     */
    private static Path witness(Path file) {
      String name = file.getFileName().toString();
      Path index = file.resolveSibling(name.replaceFirst("\\.pack$", ".idx"));
      return Files.exists(index) ? index : file;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      if (failure instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw failure;
    }
  }
}
