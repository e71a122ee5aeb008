package io.numa.avatar.git;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.numa.avatar.git.internal.cache.SavedFiles;
import io.numa.avatar.git.internal.support.Folders;
import io.numa.avatar.git.internal.support.GitCalls;
import io.numa.avatar.git.internal.worktree.ContentIndex;
import io.numa.avatar.git.internal.worktree.IgnoredPaths;
import io.numa.avatar.port.repository.IgnoredFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ignored files of a working tree, and the copies of them that its checkout keeps. */
final class JGitIgnoredFiles implements IgnoredFiles {
  private static final Logger log = LoggerFactory.getLogger(JGitIgnoredFiles.class);

  private final Path root;
  private final ContentIndex contents;
  private final SavedFiles saved;

  JGitIgnoredFiles(Path root, ContentIndex contents, SavedFiles saved) {
    this.root = root;
    this.contents = contents;
    this.saved = saved;
  }

  @Override
  public void clear() {
    clear(root);
  }

  private void clear(Path folder) {
    GitCalls.local(
        "remove the ignored files in '" + folder + "'",
        () -> {
          for (Path path : IgnoredPaths.in(folder, contents)) {
            Folders.delete(folder.resolve(path));
          }
          return folder;
        });
  }

  @Override
  public void save(String key) throws InterruptedException {
    try {
      saved.save(key, root, IgnoredPaths.in(root, contents));
    } catch (IOException e) {
      log.warn("The files that the setup made in '{}' are not saved: {}", root, e.toString());
    }
  }

  @Override
  public boolean restore(String key, Path folder) throws InterruptedException {
    clear(folder);
    try {
      return saved.restore(key, folder);
    } catch (IOException e) {
      log.warn("The files that a setup made are not put into '{}': {}", folder, e.toString());
      clear(folder);
      return false;
    }
  }

  @Override
  public void outline(Path folder) {
    GitCalls.local(
        "look for ignored folders in '" + root + "'",
        () -> {
          for (Path path : IgnoredPaths.in(root, contents)) {
            if (Files.isDirectory(root.resolve(path), NOFOLLOW_LINKS)) {
              outline(path, folder);
            }
          }
          return folder;
        });
  }

  private static void outline(Path path, Path folder) {
    Path at = folder;
    try {
      for (Path name : path) {
        at = at.resolve(name);
        if (!Files.isDirectory(at, NOFOLLOW_LINKS)) {
          Files.createDirectory(at);
        }
      }
    } catch (IOException e) {
      log.debug("'{}' is no folder in the base commit", at, e);
    }
  }
}
