package io.numa.avatar.process.sandbox.home;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folders of repositories, and those set aside, of which none is removed while a sandbox of
 * this avatar, or of another process, uses it. Safe for use by several threads and processes.
 */
final class RepositoryFolders {
  /** How long the name of a repository's folder is; what follows tells those set aside. */
  private static final int NAME = 32;

  private static final Pattern NAMES = Pattern.compile("[0-9a-f]{" + NAME + "}(-[0-9a-f-]{36})?");

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

  /**
   * @param parent the folder of the folders; need not exist yet
   */
  RepositoryFolders(Path parent) {
    this.parent = parent;
  }

  /** All that are there now. */
  List<Path> all() throws IOException {
    if (!Files.isDirectory(parent)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(parent)) {
      return entries.filter(RepositoryFolders::isRepositorys).toList();
    }
  }

  private static boolean isRepositorys(Path folder) {
    return NAMES.matcher(folder.getFileName().toString()).matches()
        && Files.isDirectory(folder, NOFOLLOW_LINKS);
  }

  /** Keeps a folder until it is released as often as it was used. */
  synchronized void use(Path folder) throws IOException {
    order.put(folder, ++latest);
    Use use = uses.get(folder);
    if (use == null) {
      use = new Use(shared(open(folder)));
      uses.put(folder, use);
    }
    use.count++;
  }

  private static FileChannel shared(FileChannel channel) throws IOException {
    try {
      FileLock untilClosed = channel.lock(0, Long.MAX_VALUE, true);
      return untilClosed.channel();
    } catch (IOException e) {
      channel.close();
      throw e;
    }
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
   * Removes a folder that is not used, with all that it holds, which may take long.
   *
   * @return whether it was not used
   */
  boolean remove(Path folder) throws IOException {
    Optional<Path> away = takenAway(folder);
    if (away.isPresent()) {
      FolderTree.delete(away.get());
    }
    return away.isPresent();
  }

  /** Where a folder is now that the next sandbox does not find; empty if it is in use. */
  private synchronized Optional<Path> takenAway(Path folder) throws IOException {
    if (uses.containsKey(folder.resolveSibling(nameOf(folder)))) {
      return Optional.empty();
    }
    try (FileChannel channel = open(folder)) {
      FileLock lock = channel.tryLock();
      if (lock == null) {
        return Optional.empty();
      }
      Path away = Files.move(folder, aside(folder));
      order.remove(folder);
      return Optional.of(away);
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
