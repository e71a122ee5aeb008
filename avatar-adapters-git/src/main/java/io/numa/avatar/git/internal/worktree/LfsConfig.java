package io.numa.avatar.git.internal.worktree;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.git.internal.lfs.Lfs;
import io.numa.avatar.git.internal.lfs.LfsEndpoint;
import io.numa.avatar.git.settings.GitSettings;
import io.numa.avatar.task.RepositoryUrl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;

/** How a repository wants LFS to be used: its {@code .lfsconfig}, as the base commit has it. */
public final class LfsConfig {
  private static final String NAME = ".lfsconfig";
  private static final int LARGEST = 1 << 16;

  private LfsConfig() {}

  /**
   * LFS for a working copy, whose server is looked for once it is needed.
   *
   * @param objects a folder for contents, made if need be
   * @param base the commit's tree
   */
  public static Lfs of(
      RepositoryUrl url, Path objects, Repository repository, ObjectId base, GitSettings settings) {
    if (!settings.features().lfs()) {
      return Lfs.off();
    }
    return Lfs.on(objects, () -> LfsEndpoint.of(url, read(repository, base), settings));
  }

  private static String read(Repository repository, ObjectId base) {
    try (ObjectReader objects = repository.newObjectReader()) {
      for (SnapshotEntry entry : TreeObjects.entries(objects, base)) {
        if (entry.isFile() && entry.text().equals(NAME)) {
          return new String(objects.open(entry.id(), Constants.OBJ_BLOB).getBytes(LARGEST), UTF_8);
        }
      }
      return "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
