package io.numa.avatar.git.internal.cache;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.numa.avatar.git.internal.support.Folders;
import io.numa.avatar.git.settings.CacheSettings;
import io.numa.avatar.metric.Metric;
import io.numa.avatar.metric.Metrics;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes the least recently used mirrors, trees and saved files while all together are too large.
 */
final class DiskBudget {
  private static final Logger log = LoggerFactory.getLogger(DiskBudget.class);

  private final CacheSettings reuse;
  private final Mirrors mirrors;
  private final WorktreePool worktrees;
  private final Clock clock;
  private final Metrics metrics;

  DiskBudget(
      CacheSettings reuse, Mirrors mirrors, WorktreePool worktrees, Clock clock, Metrics metrics) {
    this.reuse = reuse;
    this.mirrors = mirrors;
    this.worktrees = worktrees;
    this.clock = clock;
    this.metrics = metrics;
  }

  private interface Removal {
    void run() throws IOException;
  }

  private record Item(Path place, FileTime lastUse, long size, Removal removal) {}

  /**
   * Measures all of them, and removes some if they are too large. Mirrors and trees in use stay.
   */
  void enforce() {
    try {
      List<Item> items = items();
      items.sort(Comparator.comparing(Item::lastUse));
      long before = items.stream().mapToLong(Item::size).sum();
      long after = makeRoom(items, before);
      metrics.set(Metric.DISK_USED, (double) after, "repositories");
      metrics.add(Metric.RECLAIMED_BYTES, (double) (before - after));
    } catch (IOException e) {
      log.warn("Could not read '{}': {}", reuse.folder(), e.toString());
    }
  }

  /** Removes the first items while all are too large; returns how many bytes are left. */
  private long makeRoom(List<Item> items, long before) throws IOException {
    long sum = before;
    for (Item item : items) {
      if (sum <= reuse.maxSize()) {
        break;
      }
      log.info("Removing '{}', not used since {}, to make room", item.place(), item.lastUse());
      item.removal().run();
      sum -= item.size() - size(item.place());
    }
    return sum;
  }

  private List<Item> items() throws IOException {
    List<Item> items = new ArrayList<>();
    for (Path mirror : folders(reuse.mirrors())) {
      mirrors.remove(mirror, true);
      items.add(item(mirror, () -> mirrors.remove(mirror, false)));
    }
    for (Path repository : folders(reuse.trees())) {
      boolean outdated = !RepositoryKey.isBrief(repository.getFileName().toString());
      for (Path tree : folders(repository)) {
        if (outdated) {
          worktrees.remove(tree);
        }
        items.add(item(tree, () -> worktrees.remove(tree)));
      }
    }
    for (Path repository : folders(reuse.saved())) {
      for (Path saved : folders(repository)) {
        if (SavedFiles.isAbandoned(saved, clock.instant())) {
          SavedFiles.remove(saved);
        } else {
          items.add(item(saved, () -> SavedFiles.remove(saved)));
        }
      }
    }
    return items;
  }

  private static Item item(Path place, Removal removal) throws IOException {
    return new Item(place, Files.getLastModifiedTime(place), size(place), removal);
  }

  private static List<Path> folders(Path parent) throws IOException {
    if (!Files.isDirectory(parent, NOFOLLOW_LINKS)) {
      return List.of();
    }
    List<Path> folders = Folders.children(parent);
    folders.removeIf(child -> !Files.isDirectory(child, NOFOLLOW_LINKS));
    return folders;
  }

  private static long size(Path place) throws IOException {
    var adder =
        new SimpleFileVisitor<Path>() {
          long sum;

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            sum += attributes.size();
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE; // it was removed meanwhile
          }
        };
    Files.walkFileTree(place, adder);
    return adder.sum;
  }
}
