package io.numa.avatar.run.guard;

import java.nio.file.Path;

/**
 * The space on the disk of a folder, in bytes.
 *
 * @param free what this user may still write
 * @param total the size of the disk
 * @param floor the free space that is required before a task is taken
 */
public record DiskSpace(Path folder, long free, long total, long floor) {
  /** Whether a task may be taken as far as this disk is concerned. */
  public boolean suffices() {
    return free >= floor;
  }
}
