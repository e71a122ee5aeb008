package io.numa.avatar.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.task.RepositoryUrl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.Repository;

/** How a repository wants LFS to be used: its {@code .lfsconfig}, as the base commit has it. */
final class LfsConfig {
  private static final String NAME = ".lfsconfig";
  private static final int LARGEST = 1 << 16;

  private LfsConfig() {}

  /**
   * LFS for a working copy, whose server is looked for once it is needed.
   *
   * @param objects a folder for contents, made if need be
   */
  static Lfs of(
      RepositoryUrl url, Path objects, Repository repository, DirCache base, GitSettings settings) {
    if (!settings.features().lfs()) {
      return Lfs.off();
    }
    return Lfs.on(objects, () -> LfsEndpoint.of(url, read(repository, base), settings));
  }

  private static String read(Repository repository, DirCache base) {
    DirCacheEntry entry = base.getEntry(NAME);
    if (entry == null || (entry.getRawMode() & FileMode.TYPE_MASK) != FileMode.TYPE_FILE) {
      return "";
    }
    try {
      return new String(
          repository.open(entry.getObjectId(), Constants.OBJ_BLOB).getBytes(LARGEST), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
