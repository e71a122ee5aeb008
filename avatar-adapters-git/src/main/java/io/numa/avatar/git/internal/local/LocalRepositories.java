package io.numa.avatar.git.internal.local;

import io.numa.avatar.git.internal.support.JGitIsolation;
import io.numa.avatar.task.RepositoryUrl;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryCache.FileKey;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.URIish;

/** Opens repositories on this machine to read them. */
public final class LocalRepositories {
  private LocalRepositories() {}

  /** Opens the repository at an address; empty if it is on another machine, or if there is none. */
  public static Optional<Repository> open(RepositoryUrl url) throws IOException {
    if (url.transport() != RepositoryUrl.Transport.LOCAL) {
      return Optional.empty();
    }
    try {
      return open(Path.of(new URIish(url.value()).getPath()));
    } catch (URISyntaxException e) {
      throw new IOException("not a repository address: '" + url + "'", e);
    }
  }

  /** Opens the repository in a folder: a working tree, also a linked one, or a Git directory. */
  public static Optional<Repository> open(Path folder) throws IOException {
    JGitIsolation.install();
    File git =
        Files.isDirectory(folder) ? FileKey.resolve(folder.toFile(), JGitIsolation.FILES) : null;
    return git == null
        ? Optional.empty()
        : Optional.of(
            new FileRepositoryBuilder()
                .setGitDir(git)
                .setFS(JGitIsolation.FILES)
                .setMustExist(true)
                .build());
  }

  /** The Git directory that all working trees of a repository share. */
  public static Path common(Repository repository) {
    return Path.of(String.valueOf(repository.getCommonDirectory())).toAbsolutePath();
  }

  /** HEAD, the branches and the tags, by their full names. */
  public static Map<String, Ref> refs(Repository repository) throws IOException {
    Map<String, Ref> refs = new LinkedHashMap<>();
    for (String prefix : new String[] {Constants.R_HEADS, Constants.R_TAGS}) {
      repository
          .getRefDatabase()
          .getRefsByPrefix(prefix)
          .forEach(ref -> refs.put(ref.getName(), ref));
    }
    Ref head = repository.exactRef(Constants.HEAD);
    if (head != null) {
      refs.put(Constants.HEAD, head);
    }
    return refs;
  }
}
