package io.numa.avatar.run;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.task.FailureKind;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The files of one working copy: the only way for a plan's file steps to reach any. No path leads
 * out of it, not through symbolic links either. For one thread.
 */
final class Workspace {
  private static final Set<PosixFilePermission> EXECUTE =
      EnumSet.of(
          PosixFilePermission.OWNER_EXECUTE,
          PosixFilePermission.GROUP_EXECUTE,
          PosixFilePermission.OTHERS_EXECUTE);

  private final Path root;

  /**
   * @param directory an existing folder
   */
  Workspace(Path directory) throws IOException {
    this.root = directory.toRealPath();
  }

  Path root() {
    return root;
  }

  /**
   * Finds where {@code path} is. Folders on the way may be symbolic links as long as they stay
   * inside; the last name is taken as it is, link or not.
   *
   * @throws StoppedException of kind {@code DENIED} if the way leads out
   */
  Path locate(WorkspacePath path) throws StoppedException, IOException {
    Path here = root;
    for (String name : path.segments()) {
      here = inside(here, path).resolve(name);
    }
    return here;
  }

  /** Finds the file that {@code path} stands for, through the link that it may be. */
  Path locateTarget(WorkspacePath path) throws StoppedException, IOException {
    return inside(locate(path), path);
  }

  /** Finds the folder {@code path}. */
  Path locateFolder(WorkspacePath path) throws StoppedException, IOException {
    Path folder = locateTarget(path);
    if (!Files.isDirectory(folder, NOFOLLOW_LINKS)) {
      throw new StoppedException(FailureKind.CONFLICT, "there is no folder '" + path + "'");
    }
    return folder;
  }

  /** Follows {@code place} if it is a link, and refuses what lies outside or in a Git directory. */
  private Path inside(Path place, WorkspacePath path) throws StoppedException, IOException {
    if (!Files.isSymbolicLink(place)) {
      return place;
    }
    if (!Files.exists(place)) {
      throw new StoppedException(
          FailureKind.DENIED, "the path '" + path + "' goes through a link that leads nowhere");
    }
    Path real = place.toRealPath();
    if (!real.startsWith(root) || !spelledWell(root.relativize(real))) {
      throw new StoppedException(
          FailureKind.DENIED, "the path '" + path + "' leads out of the workspace through a link");
    }
    return real;
  }

  private static boolean spelledWell(Path relative) {
    if (relative.toString().isEmpty()) {
      return true;
    }
    try {
      new WorkspacePath(relative.toString());
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  static boolean exists(Path place) {
    return Files.exists(place, NOFOLLOW_LINKS);
  }

  /** Puts a file in place of whatever file or link is there. */
  void write(Path place, byte[] bytes, boolean executable) throws IOException {
    makeParent(place);
    Files.deleteIfExists(place);
    Files.write(place, bytes);
    if (executable) {
      setExecutable(place, true);
    }
  }

  void link(Path place, String target) throws IOException {
    makeParent(place);
    Files.deleteIfExists(place);
    Files.createSymbolicLink(place, Path.of(target));
  }

  void setExecutable(Path place, boolean executable) throws IOException {
    Set<PosixFilePermission> permissions =
        EnumSet.copyOf(Files.getPosixFilePermissions(place, NOFOLLOW_LINKS));
    if (executable) {
      permissions.addAll(EXECUTE);
    } else {
      permissions.removeAll(EXECUTE);
    }
    Files.setPosixFilePermissions(place, permissions);
  }

  void move(Path from, Path to) throws IOException {
    makeParent(to);
    Files.move(from, to);
  }

  /** Copies a file, a link or a folder; links are copied as links. */
  void copy(Path from, Path to) throws IOException {
    makeParent(to);
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            Files.createDirectories(to.resolve(from.relativize(folder).toString()));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(
                file,
                file.equals(from) ? to : to.resolve(from.relativize(file)),
                NOFOLLOW_LINKS,
                StandardCopyOption.COPY_ATTRIBUTES);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** Removes a file, a link, or a folder whole; follows no link. */
  static void delete(Path place) throws IOException {
    Files.walkFileTree(
        place,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static void makeParent(Path place) throws IOException {
    Path parent = place.getParent();
    if (parent != null && !Files.isDirectory(parent)) {
      Files.createDirectories(parent);
    }
  }
}
