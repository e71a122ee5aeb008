package io.numa.avatar.git.internal.support;

import io.numa.avatar.port.PortException;
import io.numa.avatar.task.FailureKind;

/**
 * How much the files of a tree may take together, before they are written: its own files, the
 * contents of its LFS files, and its submodules. Counts the sizes in Git, which a conversion of
 * line ends or encodings changes. Not thread-safe.
 */
public final class TreeRoom {
  /** Files, links and folders; each takes an inode, and memory of this process. */
  private static final long MOST_FILES = 2_000_000;

  private final long largest;
  private long bytes;
  private long files;

  /**
   * @param largest the limit, in bytes
   */
  public TreeRoom(long largest) {
    this.largest = largest;
  }

  /** Room for any number of bytes. */
  public static TreeRoom unlimited() {
    return new TreeRoom(Long.MAX_VALUE);
  }

  /**
   * What some files take.
   *
   * @param files how many files, links and folders
   */
  public record Taken(long bytes, long files) {}

  /** What has been taken so far. */
  public Taken taken() {
    return new Taken(bytes, files);
  }

  /** What has been taken since then. */
  public Taken since(Taken before) {
    return new Taken(bytes - before.bytes(), files - before.files());
  }

  /**
   * Takes the room of one file.
   *
   * @param size in bytes
   * @throws PortException of kind {@code DENIED} if there is not enough left
   */
  public void take(long size) {
    take(new Taken(size, 1));
  }

  /** Takes the room of several files. */
  public void take(Taken more) {
    if (more.files() > MOST_FILES - files) {
      throw denied("more than " + MOST_FILES + " files and folders");
    }
    files += more.files();
    takeBytes(more.bytes());
  }

  /** Takes room for the content of a file that has been counted. */
  public void takeBytes(long size) {
    if (size > largest - bytes) {
      throw denied("more than " + largest + " bytes (sandbox.limits.tree)");
    }
    bytes += size;
  }

  private static PortException denied(String reason) {
    return new PortException(
        FailureKind.DENIED, "could not write the files of the repository: they have " + reason);
  }
}
