package io.numa.avatar.git;

import io.numa.avatar.git.internal.cache.Mirror;
import io.numa.avatar.git.internal.cache.RepositoryCache;
import io.numa.avatar.git.internal.cache.RepositoryKey;
import io.numa.avatar.git.internal.cache.SavedFiles;
import io.numa.avatar.git.internal.cache.WorktreePool;
import io.numa.avatar.git.internal.lfs.Lfs;
import io.numa.avatar.git.internal.local.LocalRepositories;
import io.numa.avatar.git.internal.objects.DisposableGit;
import io.numa.avatar.git.internal.objects.GitDirectory;
import io.numa.avatar.git.internal.objects.SparsePackRepository;
import io.numa.avatar.git.internal.remote.Remote;
import io.numa.avatar.git.internal.support.BrokenMirrorException;
import io.numa.avatar.git.internal.support.Folders;
import io.numa.avatar.git.internal.support.GitFailures;
import io.numa.avatar.git.internal.support.ParallelTasks;
import io.numa.avatar.git.internal.support.Seal;
import io.numa.avatar.git.internal.support.TransferMonitor;
import io.numa.avatar.git.internal.worktree.ContentIndex;
import io.numa.avatar.git.internal.worktree.TreeObjects;
import io.numa.avatar.git.internal.worktree.TreeSnapshot;
import io.numa.avatar.git.internal.worktree.WorkingTree;
import io.numa.avatar.git.settings.SparseCone;
import io.numa.avatar.port.repository.CheckoutRequest;
import io.numa.avatar.port.repository.TransferProgress;
import io.numa.avatar.time.TimeSource;
import io.numa.avatar.workspace.PrivateFolders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.ProgressMonitor;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of one working copy: a home with its own Git directory, a working tree, and the mirror
 * whose objects the Git directory borrows. Not thread-safe.
 */
public final class LocalCheckout implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LocalCheckout.class);

  private final Path home;
  private final @Nullable Mirror mirror;
  private final WorktreePool.@Nullable WorktreeLease lease;
  private final WorkingTree tree;
  private final SavedFiles saved;
  private @Nullable SparsePackRepository repository;
  private @Nullable Path lender;
  private @Nullable DisposableGit forCommands;
  private boolean kept;

  private LocalCheckout(
      Path home,
      WorkingTree tree,
      SavedFiles saved,
      @Nullable Mirror mirror,
      WorktreePool.@Nullable WorktreeLease lease) {
    this.home = home.toAbsolutePath();
    this.tree = tree;
    this.saved = saved;
    this.mirror = mirror;
    this.lease = lease;
  }

  /** A checkout whose Git directory has every object already. */
  public static LocalCheckout of(Path home, WorkingTree tree, SparsePackRepository repository) {
    var checkout = new LocalCheckout(home, tree, inHome(home), null, null);
    checkout.repository = repository;
    return checkout;
  }

  /** Takes a mirror and a working tree from the cache, if there is a cache. */
  static LocalCheckout take(CheckoutRequest request, Optional<RepositoryCache> cache)
      throws IOException, InterruptedException {
    PrivateFolders.make(request.home());
    if (cache.isEmpty()) {
      Path tree = ownTree(request.home().toAbsolutePath());
      return new LocalCheckout(
          request.home(), WorkingTree.fresh(tree), inHome(request.home()), null, null);
    }
    RepositoryKey key = RepositoryKey.of(request.repository());
    Mirror mirror = cache.get().mirrors().borrow(key);
    boolean done = false;
    try {
      WorktreePool.WorktreeLease lease = cache.get().trees().take(key, request.home());
      SavedFiles saved = cache.get().saved(key);
      var checkout = new LocalCheckout(request.home(), lease.tree(), saved, mirror, lease);
      done = true;
      return checkout;
    } finally {
      if (!done) {
        mirror.close();
      }
    }
  }

  /** Copies that end with the working copy. */
  private static SavedFiles inHome(Path home) {
    return new SavedFiles(
        home.toAbsolutePath().resolve("saved"), TimeSource.SYSTEM.clock(), Seal.ofThisProcess());
  }

  public static Path git(Path home) {
    return home.resolve("git").toAbsolutePath();
  }

  private static Path ownTree(Path home) {
    return home.resolve("tree");
  }

  Path git() {
    return git(home);
  }

  /** The working tree's root. */
  Path directory() {
    return kept && lease != null ? ownTree(home) : tree.directory();
  }

  /** Copies of files of this repository's trees. */
  SavedFiles saved() {
    return saved;
  }

  SparsePackRepository repository() {
    if (repository == null) {
      throw new IllegalStateException("nothing was fetched yet");
    }
    return repository;
  }

  /**
   * Fetches new commits. Meanwhile, another thread checks the files of the tree.
   *
   * @throws BrokenMirrorException if the mirror could not be read
   */
  Remote.Fetched fetch(CheckoutRequest request, Remote remote, Consumer<TransferProgress> progress)
      throws IOException, InterruptedException {
    FutureTask<Void> look = ParallelTasks.start("avatar-look-" + request.branch(), tree::look);
    try {
      return mirror == null || remote.isIncompleteHere()
          ? fetchHere(request, remote, progress)
          : fetchIntoMirror(mirror, request, remote, progress);
    } finally {
      Throwable failure = ParallelTasks.await(look);
      if (failure != null) {
        log.warn("All files in '{}' will be written: {}", tree.directory(), failure.toString());
      }
    }
  }

  private Remote.Fetched fetchHere(
      CheckoutRequest request, Remote remote, Consumer<TransferProgress> progress)
      throws IOException {
    Optional<Repository> near = remote.onThisMachine();
    if (near.isPresent()) {
      try (Repository lender = near.get()) {
        Remote.Fetched found = remote.fetcher().find(lender, request);
        repository = GitDirectory.create(git(), LocalRepositories.common(lender));
        return found;
      }
    }
    repository = GitDirectory.create(git());
    return remote.fetcher().fetch(repository, request, TransferMonitor.of(git(), progress));
  }

  private Remote.Fetched fetchIntoMirror(
      Mirror source, CheckoutRequest request, Remote remote, Consumer<TransferProgress> progress)
      throws IOException, InterruptedException {
    FutureTask<Void> folders =
        ParallelTasks.start("avatar-folders-" + request.branch(), () -> layOut(request, remote));
    Throwable failure;
    Mirror.Filled filled;
    try {
      filled = source.fetch(remote, request, git -> TransferMonitor.of(git, progress));
    } finally {
      failure = ParallelTasks.await(folders);
    }
    if (failure != null) {
      throw failure instanceof IOException known ? known : new IOException(failure);
    }
    lender = filled.git();
    repository = source.lend(git(), filled.git());
    return filled.fetched();
  }

  /** Makes the folders of both Git directories, which do not depend on what is fetched. */
  private void layOut(CheckoutRequest request, Remote remote) throws IOException {
    GitDirectory.layOut(git());
    forCommands = disposable(tree.directory(), request, remote);
  }

  private DisposableGit disposable(Path folder, CheckoutRequest request, Remote remote)
      throws IOException {
    return DisposableGit.layOut(folder, git(), request.branch(), remote.settings().identity());
  }

  /**
   * Updates the working tree to a commit.
   *
   * @throws BrokenMirrorException if the mirror could not be read
   */
  public ContentIndex write(
      CheckoutRequest request,
      Remote remote,
      Remote.Fetched fetched,
      Consumer<TransferProgress> progress)
      throws IOException {
    TransferMonitor monitor = TransferMonitor.of(git(), progress);
    monitor.beginTask("Checking out files", ProgressMonitor.UNKNOWN);
    try {
      Lfs lfs = lfs(remote, fetched);
      SparseCone cone = remote.settings().features().sparse();
      DisposableGit laidOut =
          forCommands == null ? disposable(tree.directory(), request, remote) : forCommands;
      forCommands = null;
      CommitWriter.Written written =
          new CommitWriter(repository(), git(), request, remote, fetched)
              .write(tree, laidOut, lfs, monitor);
      TreeSnapshot base = tree.settle(written.files(), written.last());
      return new ContentIndex(repository(), base, lfs, cone);
    } catch (IOException e) {
      throw lender != null && mirror != null && GitFailures.isDamage(e)
          ? mirror.condemn(lender, e)
          : e;
    }
  }

  /** Writes a commit into a separate folder that is not kept for later tasks. */
  void writeInto(
      Path folder, Lfs lfs, CheckoutRequest request, Remote remote, Remote.Fetched fetched)
      throws IOException {
    new CommitWriter(repository(), git(), request, remote, fetched)
        .write(
            WorkingTree.fresh(folder),
            disposable(folder, request, remote),
            lfs,
            TransferMonitor.of(git(), progress -> {}));
  }

  /** Creates the LFS store: in the mirror if there is one, else in the Git directory. */
  private Lfs lfs(Remote remote, Remote.Fetched fetched) throws IOException {
    Path store = mirror == null ? git().resolve("lfs") : mirror.lfs();
    try (ObjectReader objects = repository().newObjectReader()) {
      ObjectId base = TreeObjects.treeOf(objects, fetched.commit());
      return Lfs.of(remote.url(), store, repository(), base, remote.settings());
    }
  }

  /** Keeps all files in place for the operator; no later task reuses the tree. */
  void keep() {
    if (kept) {
      return;
    }
    if (lease != null) {
      try {
        lease.giveAway(ownTree(home));
      } catch (IOException e) {
        log.warn("could not keep the working tree '{}'", tree.directory(), e);
        return;
      }
    }
    kept = true;
  }

  /**
   * Leaves tree and mirror to later tasks, and removes the home. A failure is logged, not thrown.
   */
  @Override
  public void close() {
    if (repository != null) {
      repository.close();
    }
    if (lease != null) {
      lease.close();
    }
    if (mirror != null) {
      mirror.close();
    }
    if (!kept) {
      try {
        Folders.delete(home);
      } catch (IOException e) {
        log.warn("could not remove the working copy '{}'", home, e);
      }
    }
  }
}
