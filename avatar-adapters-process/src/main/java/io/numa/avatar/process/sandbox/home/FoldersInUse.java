package io.numa.avatar.process.sandbox.home;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Which folders the sandboxes of this avatar, or of another process, use. Safe for use by several
 * threads and processes.
 */
final class FoldersInUse {
  /** How long the name of a repository's folder is; what follows tells those set aside. */
  private static final int NAME = 32;

  private final Path parent;
  private final Map<Path, Use> uses = new HashMap<>();

  /** When this avatar used a folder last: higher numbers are later. */
  private final Map<Path, Long> order = new HashMap<>();

  private long latest;

  private static final class Use {
    final FileChannel lock;
    int count;

    Use(FileChannel lock) {
      this.lock = lock;
    }
  }

  FoldersInUse(Path parent) {
    this.parent = parent;
  }

  /** Keeps a folder until it is released as often as it was used. */
  synchronized void use(Path folder) throws IOException {
    order.put(folder, ++latest);
    Use use = uses.get(folder);
    if (use == null) {
      use = new Use(open(folder));
      FileLock ignored = use.lock.lock(0, Long.MAX_VALUE, true);
      uses.put(folder, use);
    }
    use.count++;
  }

  /** Tells that a folder is used once less. */
  synchronized void release(Path folder) throws IOException {
    Use use = uses.get(folder);
    if (use != null && --use.count == 0) {
      uses.remove(folder);
      use.lock.close();
    }
  }

  /** When this avatar used a folder last, for a comparison; 0 if it did not. */
  synchronized long lastUse(Path folder) {
    return order.getOrDefault(folder, 0L);
  }

  /**
   * A new name for a folder that is not used any more, or only by processes that run already. It
   * counts as used while the folder of the old name does.
   */
  static Path aside(Path folder) {
    return folder.resolveSibling(nameOf(folder) + "-" + UUID.randomUUID());
  }

  private static String nameOf(Path folder) {
    String name = folder.getFileName().toString();
    return name.substring(0, Math.min(name.length(), NAME));
  }

  /**
   * Takes a folder away that is not used.
   *
   * @return where it is now, to be deleted; the same folder if it is in use
   */
  synchronized Path takeAway(Path folder) throws IOException {
    if (uses.containsKey(folder.resolveSibling(nameOf(folder)))) {
      return folder;
    }
    try (FileChannel channel = open(folder)) {
      FileLock lock = channel.tryLock();
      return lock == null ? folder : Files.move(folder, aside(folder));
    }
  }

  private FileChannel open(Path folder) throws IOException {
    Path locks = parent.resolve("locks");
    if (!Files.isDirectory(locks)) {
      Files.createDirectories(locks, Homes.PRIVATE);
    }
    return FileChannel.open(
        locks.resolve(nameOf(folder)),
        StandardOpenOption.CREATE,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE);
  }
}
