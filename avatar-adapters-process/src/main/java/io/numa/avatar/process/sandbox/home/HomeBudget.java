package io.numa.avatar.process.sandbox.home;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes the folders of repositories that were used least recently while all together are too
 * large; first those that cannot be measured. Safe for use by several threads.
 */
final class HomeBudget {
  private static final Logger log = LoggerFactory.getLogger(HomeBudget.class);

  /** Those of repositories, and those that were set aside. */
  private static final Pattern NAMES = Pattern.compile("[0-9a-f]{32}(-[0-9a-f-]{36})?");

  private final Path parent;
  private final FoldersInUse inUse;
  private final long most;

  /** Of the folders that were not used since. */
  private final Map<Path, Long> sizes = new ConcurrentHashMap<>();

  private final AtomicBoolean enforcing = new AtomicBoolean();

  private record Item(Path folder, long size, long lastUse, FileTime changed) {
    static final Comparator<Item> OLDEST_FIRST =
        Comparator.comparing((Item item) -> item.size() != FolderTree.UNKNOWN)
            .thenComparingLong(Item::lastUse)
            .thenComparing(Item::changed);
  }

  /**
   * @param parent the folder of the folders
   * @param most bytes
   */
  HomeBudget(Path parent, long most) {
    this.parent = parent;
    this.inUse = new FoldersInUse(parent);
    this.most = most;
  }

  /** Keeps a folder from being removed; to be released as often. */
  void use(Path folder) throws IOException {
    inUse.use(folder);
    sizes.remove(folder);
  }

  void release(Path folder) throws IOException {
    sizes.remove(folder);
    inUse.release(folder);
  }

  /** Measures and removes, which may take long; does nothing if another thread does it. */
  void enforce() {
    if (!enforcing.compareAndSet(false, true)) {
      return;
    }
    try {
      enforceNow();
    } catch (IOException e) {
      log.warn("Could not measure '{}': {}", parent, e.toString());
    } finally {
      enforcing.set(false);
    }
  }

  private void enforceNow() throws IOException {
    List<Item> items = items();
    long sum = 0;
    for (Item item : items) {
      sum += known(item);
    }
    for (Item item : items) {
      boolean unknown = item.size() == FolderTree.UNKNOWN;
      if ((unknown || sum > most) && remove(item.folder())) {
        sum -= known(item);
      }
    }
  }

  private static long known(Item item) {
    return item.size() == FolderTree.UNKNOWN ? 0 : item.size();
  }

  private List<Item> items() throws IOException {
    if (!Files.isDirectory(parent)) {
      return List.of();
    }
    var items = new ArrayList<Item>();
    try (Stream<Path> folders = Files.list(parent)) {
      for (Path folder : folders.filter(HomeBudget::isRepositorys).toList()) {
        items.add(
            new Item(
                folder,
                size(folder),
                inUse.lastUse(folder),
                Files.getLastModifiedTime(folder, NOFOLLOW_LINKS)));
      }
    }
    items.sort(Item.OLDEST_FIRST);
    return items;
  }

  private static boolean isRepositorys(Path folder) {
    return NAMES.matcher(folder.getFileName().toString()).matches()
        && Files.isDirectory(folder, NOFOLLOW_LINKS);
  }

  private long size(Path folder) throws IOException {
    Long known = sizes.get(folder);
    if (known != null) {
      return known;
    }
    long size = FolderTree.size(folder, each -> Layers.isKernels(folder, each));
    sizes.put(folder, size);
    return size;
  }

  private boolean remove(Path folder) {
    try {
      Path away = inUse.takeAway(folder);
      if (away.equals(folder)) {
        return false;
      }
      sizes.remove(folder);
      FolderTree.delete(away);
      log.info("Removed '{}', the HOME and caches of a repository, to make room", folder);
      return true;
    } catch (IOException e) {
      log.warn("Could not remove '{}': {}", folder, e.toString());
      return false;
    }
  }
}
