package io.numa.avatar.benchmarks.tasks;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/** Lets everybody on this machine read and write in a folder that is there for a moment. */
final class OpenFolder {
  private OpenFolder() {}

  static void openAll(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes)
              throws IOException {
            set(visited, "rwxrwxrwx");
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            set(file, "rw-rw-rw-");
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** Lets everybody pass through to what lies below. */
  static void openWay(Path folder) throws IOException {
    set(folder, "rwx--x--x");
  }

  private static void set(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }
}
