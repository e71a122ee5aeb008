package io.numa.avatar.git.internal.support;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;

import io.numa.avatar.time.Interrupts;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * Copies files and folders with their modes, times and symbolic links. A copy shares no file with
 * its source: a hard link would let a later writer change both.
 *
 * <p>Java 17 cannot clone a file, as Btrfs, XFS and APFS can. So a folder is copied by GNU's {@code
 * cp}, which clones where it can, and by Java where there is none.
 */
public final class TreeCopy {
  private static final boolean HAS_GNU_CP = hasGnuCp();

  private TreeCopy() {}

  /**
   * Copies a file, a symbolic link or a folder with its contents. Pipes and sockets may be left
   * out.
   *
   * @param to must not exist, and its parent must
   */
  public static void copy(Path from, Path to) throws IOException, InterruptedException {
    boolean folder = Files.isDirectory(from, NOFOLLOW_LINKS);
    if (folder && HAS_GNU_CP && isAscii(from) && isAscii(to)) {
      copyByProgram(from, to);
    } else {
      copyByJava(from, to);
    }
  }

  /** Java cannot pass all names to a program. */
  private static boolean isAscii(Path path) {
    return path.toString().chars().allMatch(c -> c < 0x80);
  }

  private static void copyByProgram(Path from, Path to) throws IOException, InterruptedException {
    Interrupts.check();
    Process process =
        start("cp", "-a", "--reflink=auto", "-T", "--", from.toString(), to.toString());
    try {
      int code = process.waitFor();
      if (code != 0) {
        throw new IOException("could not copy '" + from + "': cp exited with " + code);
      }
    } finally {
      process.destroyForcibly();
    }
  }

  private static Process start(String... command) throws IOException {
    var builder =
        new ProcessBuilder(command)
            .redirectOutput(Redirect.DISCARD)
            .redirectError(Redirect.DISCARD);
    builder.environment().keySet().removeIf(name -> !name.equals("PATH"));
    Process process = builder.start();
    process.getOutputStream().close();
    return process;
  }

  /** Whether there is a {@code cp} that knows the options used here. */
  private static boolean hasGnuCp() {
    try {
      return start("cp", "--reflink=auto", "--version").waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  static void copyByJava(Path from, Path to) throws IOException, InterruptedException {
    Interrupts.check();
    if (!Files.isDirectory(from, NOFOLLOW_LINKS)) {
      copyOne(from, to);
      return;
    }
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            Files.createDirectory(to.resolve(from.relativize(folder)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            copyOne(file, to.resolve(from.relativize(file)));
            return Thread.currentThread().isInterrupted()
                ? FileVisitResult.TERMINATE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            copyAttributes(folder, to.resolve(from.relativize(folder)));
            return FileVisitResult.CONTINUE;
          }
        });
    Interrupts.check();
  }

  private static void copyOne(Path from, Path to) throws IOException {
    BasicFileAttributes attributes =
        Files.readAttributes(from, BasicFileAttributes.class, NOFOLLOW_LINKS);
    if (!attributes.isOther()) {
      Files.copy(from, to, COPY_ATTRIBUTES, NOFOLLOW_LINKS);
    }
  }

  private static void copyAttributes(Path from, Path to) throws IOException {
    PosixFileAttributes attributes = Folders.attributes(from);
    var view = Files.getFileAttributeView(to, PosixFileAttributeView.class, NOFOLLOW_LINKS);
    view.setPermissions(attributes.permissions());
    view.setTimes(attributes.lastModifiedTime(), null, null);
  }
}
