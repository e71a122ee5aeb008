package io.numa.avatar.git.internal.cache;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.numa.avatar.git.internal.support.Seal;
import io.numa.avatar.git.internal.worktree.FileStat;
import io.numa.avatar.workspace.FileNames;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

/**
 * The seal of a copy of files: of its list of paths, and of the states of all files. A file's state
 * differs after each change, so the files need not be read.
 */
final class CopySeal {
  private static final String FILE = "seal";

  private final Seal seal;
  private final Path place;

  /**
   * @param place where the copy is, or will be
   */
  CopySeal(Seal seal, Path place) {
    this.seal = seal;
    this.place = place;
  }

  /**
   * Seals a copy that is complete.
   *
   * @param now where it is now
   * @param paths its list of paths
   */
  void write(Path now, byte[] paths) throws IOException {
    byte[] first = seal.of(place, paths);
    byte[] both = Arrays.copyOf(first, 2 * Seal.LENGTH);
    System.arraycopy(seal.of(place, states(now)), 0, both, Seal.LENGTH, Seal.LENGTH);
    Files.write(now.resolve(FILE), both);
  }

  /** Checks the list of paths, before they are used. */
  void requirePaths(byte[] paths) throws IOException {
    require(seal.matches(part(0), place, paths));
  }

  /** Checks the files, after they were read. */
  void requireFiles() throws IOException {
    require(seal.matches(part(Seal.LENGTH), place, states(place)));
  }

  private byte[] part(int from) throws IOException {
    Path file = place.resolve(FILE);
    byte[] both = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
    return Arrays.copyOfRange(Arrays.copyOf(both, 2 * Seal.LENGTH), from, from + Seal.LENGTH);
  }

  private void require(boolean unchanged) throws IOException {
    if (!unchanged) {
      throw new ChangedCopyException(
          "'" + place + "' is not as this avatar has saved it; it is removed");
    }
  }

  /** The states of all files but the seal itself, in the order of their names. */
  private static byte[] states(Path copy) throws IOException {
    Set<String> states = new TreeSet<>();
    Files.walkFileTree(
        copy,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            return folder.equals(copy) ? FileVisitResult.CONTINUE : visitFile(folder, attributes);
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (!file.equals(copy.resolve(FILE))) {
              String name = new String(FileNames.bytes(copy.relativize(file)), ISO_8859_1);
              states.add(name + "\0" + FileStat.of(file).withoutDevice());
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return String.join("\0\0", states).getBytes(ISO_8859_1);
  }
}
