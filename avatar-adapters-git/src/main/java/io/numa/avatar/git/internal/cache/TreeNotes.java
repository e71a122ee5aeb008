package io.numa.avatar.git.internal.cache;

import io.numa.avatar.git.internal.support.Seal;
import io.numa.avatar.git.internal.worktree.SnapshotFile;
import io.numa.avatar.git.internal.worktree.TreeSnapshot;
import java.io.IOException;
import java.lang.ref.SoftReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known of the trees that are not in use: a snapshot of each, in memory and in a sealed
 * file beside the tree. Safe for use by several threads.
 */
final class TreeNotes {
  private static final Logger log = LoggerFactory.getLogger(TreeNotes.class);

  /** The file's name. */
  static final String FILE = "notes";

  private final String features;
  private final Seal seal;

  /** Guarded by itself. */
  private final Map<Path, SoftReference<TreeSnapshot>> remembered = new HashMap<>();

  /**
   * @param features the features with which trees are written; notes about others are not used
   */
  TreeNotes(String features, Seal seal) {
    this.features = features;
    this.seal = seal;
  }

  /** Takes the snapshot of a tree out of memory, or reads it; null if there is none. */
  @Nullable TreeSnapshot recall(Path place) {
    SoftReference<TreeSnapshot> kept;
    synchronized (remembered) {
      kept = remembered.remove(place);
    }
    TreeSnapshot base = kept == null ? null : kept.get();
    return base == null ? read(place) : base;
  }

  private @Nullable TreeSnapshot read(Path place) {
    if (!Files.exists(file(place))) {
      return null;
    }
    try {
      return SnapshotFile.read(file(place), features, seal);
    } catch (IOException e) {
      log.warn("All files in '{}' will be written: {}", place, e.toString());
      return null;
    }
  }

  void remember(Path place, TreeSnapshot base) {
    try {
      SnapshotFile.write(base, features, file(place), seal);
      synchronized (remembered) {
        remembered.put(place, new SoftReference<>(base));
      }
    } catch (IOException e) {
      log.warn("All files in '{}' will be written: {}", place, e.toString());
    }
  }

  void forget(Path place) throws IOException {
    synchronized (remembered) {
      remembered.remove(place);
    }
    Files.deleteIfExists(file(place));
  }

  private static Path file(Path place) {
    return place.resolve(FILE);
  }
}
