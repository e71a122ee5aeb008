package io.numa.avatar.git.settings;

import io.numa.avatar.git.JGitRepository;
import java.nio.file.Path;

/**
 * What is kept between tasks: for each repository, a mirror with its objects, working trees with
 * its files, and copies of the files that its setup made. Belongs to one {@link JGitRepository} of
 * this process; other processes may use the same folder at the same time.
 *
 * @param folder where all of that is kept, and which the avatar can create anew; must be on the
 *     same file system as the homes of all working copies
 * @param keepCaches whether ignored files of the base commit, such as build results, stay in a
 *     working tree from task to task
 * @param maxSize the limit for all of it, in bytes; the least recently used items are removed first
 */
public record CacheSettings(Path folder, boolean keepCaches, long maxSize) {
  public CacheSettings {
    folder = folder.toAbsolutePath();
    if (maxSize < 0) {
      throw new IllegalArgumentException("a size must not be negative: " + maxSize);
    }
  }

  /** Mirrors and trees without a size limit; ignored files are not kept. */
  public static CacheSettings in(Path folder) {
    return new CacheSettings(folder, false, Long.MAX_VALUE);
  }

  public Path mirrors() {
    return folder.resolve("mirrors");
  }

  public Path trees() {
    return folder.resolve("trees");
  }

  /** The key by which the avatar recognises what it has written. */
  public Path seal() {
    return folder.resolve("seal");
  }

  /** Copies of the ignored files that the setups of repositories made. */
  public Path saved() {
    return folder.resolve("saved");
  }
}
