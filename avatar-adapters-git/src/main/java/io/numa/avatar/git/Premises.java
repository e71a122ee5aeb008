package io.numa.avatar.git;

import io.numa.avatar.port.Checkout;
import io.numa.avatar.port.TransferProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.ProgressMonitor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a working copy stands on: a home with a Git directory of its own, a working tree, and the
 * mirror whose objects they borrow. For one thread.
 */
final class Premises implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Premises.class);

  private final Path home;
  private final Mirrors.@Nullable Borrowed mirror;
  private final Trees.@Nullable Taken taken;
  private final WorkingTree tree;
  private @Nullable PushingRepository repository;
  private @Nullable Path lender;
  private boolean kept;

  private Premises(
      Path home, WorkingTree tree, Mirrors.@Nullable Borrowed mirror, Trees.@Nullable Taken taken) {
    this.home = home.toAbsolutePath();
    this.tree = tree;
    this.mirror = mirror;
    this.taken = taken;
  }

  /** Takes a home that has a Git directory with all that is needed. */
  static Premises of(Path home, WorkingTree tree, PushingRepository repository) {
    var premises = new Premises(home, tree, null, null);
    premises.repository = repository;
    return premises;
  }

  /** Takes what a checkout needs: of what earlier ones have left, where something is kept. */
  static Premises take(Checkout checkout, Optional<Stock> stock)
      throws IOException, InterruptedException {
    Files.createDirectories(checkout.home());
    if (stock.isEmpty()) {
      Path tree = ownTree(checkout.home().toAbsolutePath());
      return new Premises(checkout.home(), WorkingTree.fresh(tree), null, null);
    }
    RepositoryKey key = RepositoryKey.of(checkout.repository());
    Mirrors.Borrowed mirror = stock.get().mirrors().borrow(key);
    boolean done = false;
    try {
      Trees.Taken taken = stock.get().trees().take(key, checkout.home());
      var premises = new Premises(checkout.home(), taken.tree(), mirror, taken);
      done = true;
      return premises;
    } finally {
      if (!done) {
        mirror.close();
      }
    }
  }

  static Path git(Path home) {
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
    return kept && taken != null ? ownTree(home) : tree.directory();
  }

  PushingRepository repository() {
    if (repository == null) {
      throw new IllegalStateException("nothing was fetched yet");
    }
    return repository;
  }

  /**
   * Fetches what is new, and meanwhile looks at the files that are there already.
   *
   * @throws BrokenMirrorException if the mirror could not be read
   */
  Remote.Fetched fetch(Checkout checkout, Remote remote, Consumer<TransferProgress> progress)
      throws IOException, InterruptedException {
    FutureTask<Void> look = InParallel.start("avatar-look-" + checkout.branch(), tree::look);
    try {
      return mirror == null
          ? fetchHere(checkout, remote, progress)
          : fetchIntoMirror(mirror.mirror(), checkout, remote, progress);
    } finally {
      Throwable failure = InParallel.await(look);
      if (failure != null) {
        log.warn("'{}' will be written anew: {}", tree.directory(), failure.toString());
      }
    }
  }

  private Remote.Fetched fetchHere(
      Checkout checkout, Remote remote, Consumer<TransferProgress> progress) throws IOException {
    repository = GitFolder.create(git());
    return remote.fetcher().fetch(repository, checkout, TransferMonitor.of(git(), progress));
  }

  private Remote.Fetched fetchIntoMirror(
      Mirror source, Checkout checkout, Remote remote, Consumer<TransferProgress> progress)
      throws IOException, InterruptedException {
    Mirror.Filled filled = source.fetch(remote, checkout, git -> TransferMonitor.of(git, progress));
    lender = filled.git();
    repository = GitFolder.create(git(), filled.git());
    return filled.fetched();
  }

  /**
   * Brings the working tree to a commit.
   *
   * @throws BrokenMirrorException if the mirror could not be read
   */
  Contents write(
      Checkout checkout, Remote remote, Remote.Fetched fetched, Consumer<TransferProgress> progress)
      throws IOException {
    TransferMonitor monitor = TransferMonitor.of(git(), progress);
    monitor.beginTask("Checking out files", ProgressMonitor.UNKNOWN);
    try {
      Lfs lfs = lfs(remote, fetched);
      SparseCone cone = remote.settings().features().sparse();
      Written written = write(tree, lfs, checkout, remote, fetched, monitor);
      BaseTree base = tree.settle(written.files(), written.last());
      return new Contents(repository(), base, lfs, cone);
    } catch (IOException e) {
      throw lender != null && mirror != null && GitFailures.isDamage(e)
          ? mirror.mirror().condemn(lender, e)
          : e;
    }
  }

  /** Writes a commit into a folder of its own, which nobody keeps. */
  void writeInto(Path folder, Lfs lfs, Checkout checkout, Remote remote, Remote.Fetched fetched)
      throws IOException {
    write(
        WorkingTree.fresh(folder),
        lfs,
        checkout,
        remote,
        fetched,
        TransferMonitor.of(git(), progress -> {}));
  }

  /** What was written, and the file that was written last. */
  private record Written(BaseFolder files, Path last) {}

  private Written write(
      WorkingTree target,
      Lfs lfs,
      Checkout checkout,
      Remote remote,
      Remote.Fetched fetched,
      ProgressMonitor monitor)
      throws IOException {
    GitSettings settings = remote.settings();
    SparseCone cone = settings.features().sparse();
    try (ObjectReader objects = repository().newObjectReader()) {
      ObjectId base = TreeObjects.treeOf(objects, fetched.commit());
      BaseFolder files = target.bring(objects, lfs, cone, base, monitor);
      new Submodules(settings, git().resolve("modules"), monitor)
          .write(checkout.repository(), repository(), base, target.directory(), cone);
      Path last =
          GitFolder.createDisposable(
              target.directory(),
              git(),
              checkout.branch(),
              fetched.commit(),
              fetched.tags(),
              settings.identity(),
              files,
              objects);
      return new Written(files, last);
    }
  }

  /** Contents are kept with the mirror, where there is one. */
  private Lfs lfs(Remote remote, Remote.Fetched fetched) throws IOException {
    Path store = mirror == null ? git().resolve("lfs") : mirror.mirror().lfs();
    try (ObjectReader objects = repository().newObjectReader()) {
      ObjectId base = TreeObjects.treeOf(objects, fetched.commit());
      return LfsConfig.of(remote.url(), store, repository(), base, remote.settings());
    }
  }

  /** Leaves everything in place for somebody to look at; no later task gets the tree. */
  void keep() {
    if (kept) {
      return;
    }
    if (taken != null) {
      try {
        taken.giveAway(ownTree(home));
      } catch (IOException e) {
        log.warn("could not keep the working tree '{}'", tree.directory(), e);
        return;
      }
    }
    kept = true;
  }

  /** Leaves tree and mirror to later tasks, and removes the home. Does not throw if that fails. */
  @Override
  public void close() {
    if (repository != null) {
      repository.close();
    }
    if (taken != null) {
      taken.close();
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
