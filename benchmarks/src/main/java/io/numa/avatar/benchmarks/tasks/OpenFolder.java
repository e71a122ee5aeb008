package io.numa.avatar.benchmarks.tasks;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/** Lets all users of this machine read and write in a temporary folder. */
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

  /** Lets all users reach the entries below. */
  static void openWay(Path folder) throws IOException {
    set(folder, "rwx--x--x");
  }

  private static void set(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }
}
