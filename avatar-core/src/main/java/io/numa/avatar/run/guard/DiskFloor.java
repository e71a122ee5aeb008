package io.numa.avatar.run.guard;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The free disk space that is required before a task is taken.
 *
 * @param bytes the free bytes required on the disk of each folder
 * @param folders the folders to check; they need not exist yet
 */
public record DiskFloor(long bytes, List<Path> folders) {
  /** Requires no free space. */
  public static final DiskFloor NONE = new DiskFloor(0, List.of());

  public DiskFloor {
    folders = List.copyOf(folders);
  }

  /**
   * Returns a message about a disk with too little space; empty if there is enough or the size is
   * unknown.
   */
  public Optional<String> shortage() {
    return spaces().stream()
        .filter(space -> !space.suffices())
        .map(DiskFloor::sentence)
        .findFirst();
  }

  private static String sentence(DiskSpace space) {
    return String.format(
        Locale.ROOT,
        "%s has %.2f GB free, and %.2f GB are wanted",
        space.folder(),
        space.free() / 1e9,
        space.floor() / 1e9);
  }

  /** The space on the disk of each folder; of those whose size is unknown, none. */
  public List<DiskSpace> spaces() {
    return folders.stream().map(this::space).flatMap(Optional::stream).toList();
  }

  private Optional<DiskSpace> space(Path folder) {
    try {
      FileStore disk = Files.getFileStore(existing(folder.toAbsolutePath()));
      return Optional.of(new DiskSpace(folder, disk.getUsableSpace(), disk.getTotalSpace(), bytes));
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
