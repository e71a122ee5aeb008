package io.numa.avatar.process.sandbox.home;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.numa.avatar.metric.Metric;
import io.numa.avatar.metric.Metrics;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes the folders of repositories that were used least recently while all together are too
 * large; first those that cannot be measured. Safe for use by several threads.
 */
final class HomeBudget {
  private static final Logger log = LoggerFactory.getLogger(HomeBudget.class);

  private final RepositoryFolders folders;
  private final long most;
  private final Metrics metrics;

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
   * @param most bytes
   */
  HomeBudget(RepositoryFolders folders, long most, Metrics metrics) {
    this.folders = folders;
    this.most = most;
    this.metrics = metrics;
  }

  /** Keeps a folder from being removed; to be released as often. */
  void use(Path folder) throws IOException {
    folders.use(folder);
    sizes.remove(folder);
  }

  void release(Path folder) throws IOException {
    sizes.remove(folder);
    folders.release(folder);
  }

  /** Measures and removes, which may take long; does nothing if another thread does it. */
  void enforce() {
    if (!enforcing.compareAndSet(false, true)) {
      return;
    }
    try {
      enforceNow();
    } catch (IOException e) {
      log.warn("Could not measure the HOMEs of sandboxes: {}", e.toString());
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
        metrics.add(Metric.RECLAIMED_BYTES, (double) known(item));
      }
    }
    metrics.set(Metric.DISK_USED, (double) sum, "sandbox_homes");
  }

  private static long known(Item item) {
    return item.size() == FolderTree.UNKNOWN ? 0 : item.size();
  }

  private List<Item> items() throws IOException {
    var items = new ArrayList<Item>();
    for (Path folder : folders.all()) {
      items.add(
          new Item(
              folder,
              size(folder),
              folders.lastUse(folder),
              Files.getLastModifiedTime(folder, NOFOLLOW_LINKS)));
    }
    items.sort(Item.OLDEST_FIRST);
    return items;
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
      if (!folders.remove(folder)) {
        return false;
      }
      sizes.remove(folder);
      log.info("Removed '{}', the HOME and caches of a repository, to make room", folder);
      return true;
    } catch (IOException e) {
      log.warn("Could not remove '{}': {}", folder, e.toString());
      return false;
    }
  }
}
