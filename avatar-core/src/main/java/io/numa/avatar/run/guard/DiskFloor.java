package io.numa.avatar.run.guard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How much room there must be before a task is taken, and where.
 *
 * @param bytes at least so many on the disk of each folder
 * @param folders which may not exist yet
 */
public record DiskFloor(long bytes, List<Path> folders) {
  /** Takes tasks on full disks, too. */
  public static final DiskFloor NONE = new DiskFloor(0, List.of());

  public DiskFloor {
    folders = List.copyOf(folders);
  }

  /** Says what is missing where; empty if there is room, or the disk does not say. */
  public Optional<String> shortage() {
    return folders.stream().map(this::shortage).flatMap(Optional::stream).findFirst();
  }

  private Optional<String> shortage(Path folder) {
    try {
      long free = Files.getFileStore(existing(folder.toAbsolutePath())).getUsableSpace();
      return free >= bytes
          ? Optional.empty()
          : Optional.of(
              String.format(
                  Locale.ROOT,
                  "%s has %.2f GB free, and %.2f GB are wanted",
                  folder,
                  free / 1e9,
                  bytes / 1e9));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Path existing(Path folder) {
    Path found = folder;
    while (!Files.exists(found) && found.getParent() != null) {
      found = found.getParent();
    }
    return found;
  }
}
