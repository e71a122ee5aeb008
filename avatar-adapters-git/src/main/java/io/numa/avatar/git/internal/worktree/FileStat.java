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
 * The state of a file, link or folder. It differs after each change: while it is equal, a file has
 * the same bytes, and a folder the same names.
 *
 * <p>This relies on {@code changed}, the time of the last change of any kind ({@code st_ctime} of
 * stat(2)). The kernel sets it, and no program can set it to another time. JGit relies on size and
 * modification time, which programs can forge.
 *
 * @param mode type and permissions
 * @param modified the modification time, which programs can set; in nanoseconds
 * @param changed the time of the last change of any kind; in nanoseconds
 */
public record FileStat(long device, long inode, int mode, long size, long modified, long changed) {
  private static final String ATTRIBUTES = "unix:dev,ino,mode,size,lastModifiedTime,ctime";

  /** The state of the entry at a path; does not follow a link. */
  public static FileStat of(Path path) throws IOException {
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

  /** The same; null if the path does not exist or this process may not access it. */
  static @Nullable FileStat find(Path path) throws IOException {
    try {
      return of(path);
    } catch (FileSystemException e) {
      return null; // missing, no access, a file on the way, a loop of links
    }
  }

  /** The same without the device, which has another number after a restart of the machine. */
  public FileStat withoutDevice() {
    return new FileStat(0, inode, mode, size, modified, changed);
  }

  boolean isFolder() {
    return (mode & FileMode.TYPE_MASK) == FileMode.TYPE_TREE;
  }
}
