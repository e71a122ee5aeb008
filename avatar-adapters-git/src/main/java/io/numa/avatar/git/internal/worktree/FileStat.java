package io.numa.avatar.git.internal.worktree;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.eclipse.jgit.lib.FileMode;
import org.jspecify.annotations.Nullable;

/**
 * The state of a file, link or folder, which differs after each change: while it stays the same, a
 * file has the same bytes, and a folder the same names.
 *
 * <p>That rests on {@code changed}, the time of the last change of any kind ({@code st_ctime} of
 * stat(2)), which the kernel sets by itself and which no call sets to another time. Size and time
 * of modification, which JGit goes by, can be made to lie.
 *
 * @param mode type and permissions
 * @param modified when the content was changed, or is said to have been; in nanoseconds
 * @param changed in nanoseconds
 */
record FileStat(long device, long inode, int mode, long size, long modified, long changed) {
  private static final String ATTRIBUTES = "unix:dev,ino,mode,size,lastModifiedTime,ctime";

  /** The stamp of what is at a path itself, link or not. */
  static FileStat of(Path path) throws IOException {
    Map<String, Object> noted = Files.readAttributes(path, ATTRIBUTES, NOFOLLOW_LINKS);
    return new FileStat(
        number(noted, "dev"),
        number(noted, "ino"),
        (int) number(noted, "mode"),
        number(noted, "size"),
        nanos(noted, "lastModifiedTime"),
        nanos(noted, "ctime"));
  }

  private static long number(Map<String, Object> noted, String name) {
    return ((Number) requireNonNull(noted.get(name))).longValue();
  }

  private static long nanos(Map<String, Object> noted, String name) {
    return ((FileTime) requireNonNull(noted.get(name))).to(NANOSECONDS);
  }

  /** The same; null where there is nothing, or nothing that we may look at. */
  static @Nullable FileStat find(Path path) throws IOException {
    try {
      return of(path);
    } catch (FileSystemException e) {
      return null; // missing, no access, a file on the way, a loop of links
    }
  }

  boolean isFolder() {
    return (mode & FileMode.TYPE_MASK) == FileMode.TYPE_TREE;
  }
}
