package io.numa.avatar.git;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** What a task's commands may do to a working tree, in a random order. */
final class Disturbance {
  private final Path root;
  private final Choices choices;

  Disturbance(Path root, Choices choices) {
    this.root = root;
    this.choices = choices;
  }

  void happen() throws IOException {
    int count = choices.below(6);
    for (int i = 0; i < count; i++) {
      List<Path> files = all();
      if (!files.isEmpty()) {
        disturb(choices.of(files), choices.of(files));
      }
    }
  }

  /** Sorted, as a file system gives them in no order of its own. */
  private List<Path> all() throws IOException {
    try (var files = Files.walk(root)) {
      return files.filter(file -> !file.equals(root)).sorted().toList();
    }
  }

  private void disturb(Path file, Path other) throws IOException {
    boolean folder = Files.isDirectory(file, NOFOLLOW_LINKS);
    switch (choices.below(10)) {
      case 0, 1 -> overwriteUnseen(file);
      case 2 -> Folders.delete(file);
      case 3 -> Files.write(beside(file), choices.bytes(choices.below(50)));
      case 4 -> Files.writeString(Files.createDirectory(beside(file)).resolve("new"), "new");
      case 5 -> move(file, beside(other));
      case 6 -> {
        Path there = beside(file);
        move(file, there);
        Files.createSymbolicLink(file, there);
      }
      case 7 -> {
        Folders.delete(file);
        if (folder) {
          Files.writeString(file, "was a folder");
        } else {
          Files.writeString(Files.createDirectory(file).resolve("was"), "a file");
        }
      }
      case 8 ->
          Files.setPosixFilePermissions(
              Files.isSymbolicLink(file) ? root : file,
              PosixFilePermissions.fromString(folder ? "rwx------" : "rwxr-x--x"));
      default -> exchange(file, other);
    }
  }

  private void overwriteUnseen(Path file) throws IOException {
    if (Files.isRegularFile(file, NOFOLLOW_LINKS) && Files.size(file) > 0) {
      FileTime time = Files.getLastModifiedTime(file);
      byte[] content = Files.readAllBytes(file);
      content[0]++;
      Files.write(file, content);
      Files.setLastModifiedTime(file, time);
    }
  }

  private Path beside(Path file) {
    Path free;
    do {
      free = file.resolveSibling(choices.of("new", "a", "x.log", "d", "z") + choices.below(1000));
    } while (Files.exists(free, NOFOLLOW_LINKS));
    return free;
  }

  private static void move(Path from, Path to) throws IOException {
    if (!Files.exists(to, NOFOLLOW_LINKS) && !to.startsWith(from)) {
      Files.move(from, to);
    }
  }

  /** Each file with the other's inode. */
  private void exchange(Path one, Path other) throws IOException {
    if (Files.isRegularFile(one, NOFOLLOW_LINKS)
        && Files.isRegularFile(other, NOFOLLOW_LINKS)
        && !one.equals(other)) {
      Path aside = root.resolve("aside");
      Files.move(one, aside, StandardCopyOption.REPLACE_EXISTING);
      Files.move(other, one);
      Files.move(aside, other);
    }
  }
}
