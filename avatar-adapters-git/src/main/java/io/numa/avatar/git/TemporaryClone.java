package io.numa.avatar.git;

import io.numa.avatar.git.internal.cache.Mirror;
import io.numa.avatar.git.internal.cache.RepositoryCache;
import io.numa.avatar.git.internal.cache.RepositoryKey;
import io.numa.avatar.git.internal.objects.GitDirectory;
import io.numa.avatar.git.internal.objects.SparsePackRepository;
import io.numa.avatar.git.internal.remote.Remote;
import io.numa.avatar.git.internal.support.Folders;
import io.numa.avatar.git.internal.support.TransferMonitor;
import io.numa.avatar.port.repository.CheckoutRequest;
import io.numa.avatar.port.repository.PendingPush;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.ProgressMonitor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A temporary bare repository with the latest commits of a remote's branch. If there is a mirror,
 * the commits are fetched into the mirror, which has nearly all of them. Not thread-safe.
 */
final class TemporaryClone implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(TemporaryClone.class);

  /** How many commits to fetch if there is no mirror. */
  private static final int DEPTH = 50;

  private final Path folder;
  private final Remote remote;
  private @Nullable Mirror mirror;
  private @Nullable SparsePackRepository repository;

  private TemporaryClone(Path folder, Remote remote) {
    this.folder = folder;
    this.remote = remote;
  }

  static TemporaryClone fetch(PendingPush push, Remote remote, Optional<RepositoryCache> cache)
      throws IOException, InterruptedException {
    var copy = new TemporaryClone(Files.createTempDirectory("avatar-review-"), remote);
    boolean done = false;
    try {
      copy.fetch(push, cache);
      done = true;
      return copy;
    } finally {
      if (!done) {
        copy.close();
      }
    }
  }

  private void fetch(PendingPush push, Optional<RepositoryCache> cache)
      throws IOException, InterruptedException {
    if (cache.isEmpty()) {
      repository = GitDirectory.create(git());
      remote.fetcher().fetchLatest(repository, push.branch(), DEPTH, monitor());
      return;
    }
    mirror = cache.get().mirrors().borrow(RepositoryKey.of(push.repository()));
    var request =
        new CheckoutRequest(
            push.repository(), push.branch(), List.of(), folder, CheckoutRequest.Pushes.NONE);
    Path lender =
        mirror.fetch(remote, request, git -> TransferMonitor.of(git, progress -> {})).git();
    GitDirectory.layOut(git());
    repository = mirror.lend(git(), lender);
  }

  private Path git() {
    return folder.resolve("git");
  }

  SparsePackRepository repository() {
    if (repository == null) {
      throw new IllegalStateException("nothing was fetched");
    }
    return repository;
  }

  Remote remote() {
    return remote;
  }

  ProgressMonitor monitor() {
    return TransferMonitor.of(git(), progress -> {});
  }

  /** Removes the repository. A failure is logged, not thrown. */
  @Override
  public void close() {
    if (repository != null) {
      repository.close();
    }
    if (mirror != null) {
      mirror.close();
    }
    try {
      Folders.delete(folder);
    } catch (IOException e) {
      log.warn("could not remove '{}'", folder, e);
    }
  }
}
