package io.numa.avatar.git.settings;

import io.numa.avatar.git.JGitRepository;
import java.nio.file.Path;

/**
 * What later tasks find of earlier ones: of each repository, a mirror with its objects and working
 * trees with its files. Belongs to one {@link JGitRepository} of this process; other processes may
 * use the same folder at the same time.
 *
 * @param folder where mirrors and trees are kept; disposable, and on the file system of the homes
 *     of all working copies
 * @param keepCaches whether files that the base commit ignores stay in a working tree from task to
 *     task, such as what builds have made
 * @param maxSize how many bytes it may all take; what was not used for the longest time goes first
 */
public record CacheSettings(Path folder, boolean keepCaches, long maxSize) {
  public CacheSettings {
    folder = folder.toAbsolutePath();
    if (maxSize < 0) {
      throw new IllegalArgumentException("a size must not be negative: " + maxSize);
    }
  }

  /** Mirrors and trees of any size, without caches. */
  public static CacheSettings in(Path folder) {
    return new CacheSettings(folder, false, Long.MAX_VALUE);
  }

  public Path mirrors() {
    return folder.resolve("mirrors");
  }

  public Path trees() {
    return folder.resolve("trees");
  }
}
