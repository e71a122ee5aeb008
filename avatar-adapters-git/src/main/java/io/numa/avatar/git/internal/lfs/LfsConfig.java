package io.numa.avatar.git.internal.lfs;

import io.numa.avatar.git.internal.support.SmallFile;
import io.numa.avatar.port.PortException;
import io.numa.avatar.task.FailureKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.treewalk.TreeWalk;

/** The settings in a repository's {@code .lfsconfig} (git-lfs-config(5)). They are untrusted. */
record LfsConfig(Config settings) {
  /** The file's path in the repository. */
  static final String PATH = ".lfsconfig";

  /**
   * Reads the file of a commit.
   *
   * @param base the commit's tree
   * @throws PortException of kind {@code DENIED} if the file is damaged
   */
  static LfsConfig of(Repository repository, ObjectId base) {
    try (TreeWalk file = TreeWalk.forPath(repository, PATH, base)) {
      boolean there =
          file != null && (file.getRawMode(0) & FileMode.TYPE_MASK) == FileMode.TYPE_FILE;
      return new LfsConfig(
          (there
                  ? SmallFile.read(PATH, file.getObjectReader(), file.getObjectId(0))
                  : SmallFile.EMPTY)
              .config());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ConfigInvalidException e) {
      throw new PortException(
          FailureKind.DENIED, "could not use LFS: the repository's .lfsconfig is damaged", e);
    }
  }

  /** The URL of the LFS server, or that of the repository for which to find the server. */
  Optional<String> url() {
    return text("url");
  }

  /** Which files' contents are downloaded. */
  FetchFilter fetchFilter() {
    return FetchFilter.of(text("fetchinclude").orElse(""), text("fetchexclude").orElse(""));
  }

  private Optional<String> text(String key) {
    return Optional.ofNullable(settings.getString("lfs", null, key)).filter(it -> !it.isBlank());
  }
}
