package io.numa.avatar.git.internal.cache;

import io.numa.avatar.git.internal.objects.CompleteCommits;
import io.numa.avatar.git.internal.objects.FreshRepository;
import io.numa.avatar.git.internal.objects.GitDirectory;
import io.numa.avatar.git.internal.objects.Packs;
import io.numa.avatar.git.internal.objects.SparsePackRepository;
import io.numa.avatar.git.internal.objects.packindex.ParallelPackIndexer;
import io.numa.avatar.git.internal.remote.Remote;
import io.numa.avatar.git.internal.support.BrokenMirrorException;
import io.numa.avatar.git.internal.support.Folders;
import io.numa.avatar.git.internal.support.GitFailures;
import io.numa.avatar.git.internal.support.InterProcessLock;
import io.numa.avatar.git.internal.support.JGitIsolation;
import io.numa.avatar.port.repository.CheckoutRequest;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.lib.ProgressMonitor;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryCache;
import org.eclipse.jgit.lib.RepositoryCache.FileKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bare repository with the objects of a remote one. Each task fetches new objects into it, and
 * borrows all objects from it. It has no branches, as these would be outdated; its refs name the
 * commits whose whole history it has.
 *
 * <p>If a Git directory is broken, running tasks keep using it, and the next task makes a new one
 * beside it.
 */
public final class Mirror implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Mirror.class);

  private static final String GENERATION = "git-";
  private static final String BROKEN = "broken";
  private static final String LFS = "lfs";

  /** How many commits to offer to a remote as known; more help little. */
  private static final int MAX_TIPS = 64;

  private final Path place;
  private final ReentrantLock fetching;
  private final Runnable giveBack;

  /**
   * @param place the mirror's folder
   * @param fetching the lock held during each fetch in this process
   * @param giveBack called when this is closed
   */
  Mirror(Path place, ReentrantLock fetching, Runnable giveBack) {
    this.place = place;
    this.fetching = fetching;
    this.giveBack = giveBack;
  }

  /** The result of a fetch, and the Git directory that holds it. */
  public record Filled(Remote.Fetched fetched, Path git) {}

  /**
   * Fetches the new commits of a branch. One thread of one process fetches at a time, as all fetch
   * the same.
   */
  public Filled fetch(
      Remote remote, CheckoutRequest request, Function<Path, ProgressMonitor> monitor)
      throws IOException, InterruptedException {
    fetching.lockInterruptibly();
    try (InterProcessLock alone = InterProcessLock.take(place.resolve("fetch.lock"))) {
      Path git = current();
      ProgressMonitor progress = monitor.apply(git);
      try (Repository repository = open(git, remote.settings().parallelIndex(), progress)) {
        var packs = new Packs(repository);
        var fetched = remote.fetcher().fetch(repository, request, progress);
        packs.requireAll();
        noteTip(git, repository, fetched);
        return new Filled(fetched, git);
      } catch (IOException e) {
        throw GitFailures.isDamage(e) ? condemn(git, e) : e;
      }
    } finally {
      fetching.unlock();
    }
  }

  private static Repository open(Path git, boolean parallelIndex, ProgressMonitor progress)
      throws IOException {
    Repository known = RepositoryCache.open(key(git));
    if (!parallelIndex || !new Packs(known).isEmpty()) {
      return known;
    }
    known.close();
    Path packs = git.resolve("objects").resolve("pack");
    return new FreshRepository(git, new ParallelPackIndexer(packs, progress));
  }

  /**
   * Combines packs if there are many. If a fetch is running, leaves this to the next task. A
   * failure is logged, not thrown.
   */
  private void tidy() {
    if (!fetching.tryLock()) {
      return;
    }
    try {
      Optional<InterProcessLock> held = InterProcessLock.tryTake(place.resolve("fetch.lock"));
      if (held.isPresent()) {
        try (InterProcessLock alone = held.get()) {
          combinePacks(current());
        }
      }
    } catch (IOException e) {
      log.warn("Could not combine the packs in '{}': {}", place, e.toString());
    } finally {
      fetching.unlock();
    }
  }

  private void combinePacks(Path git) throws IOException {
    try (Repository repository = RepositoryCache.open(key(git))) {
      new Packs(repository).combine();
    } catch (IOException e) {
      throw GitFailures.isDamage(e) ? condemn(git, e) : e;
    }
  }

  /** The newest Git directory that is not marked as broken; creates one if there is none. */
  private Path current() throws IOException {
    List<Path> generations = generations(place);
    Optional<Path> last =
        generations.isEmpty()
            ? Optional.empty()
            : Optional.of(generations.get(generations.size() - 1));
    if (last.isPresent() && isSound(last.get()) && isTidy(last.get())) {
      return last.get();
    }
    int number = last.map(Mirror::number).orElse(0) + 1;
    Path git = place.resolve(GENERATION + number);
    GitDirectory.create(git).close();
    return git;
  }

  private boolean isTidy(Path git) throws IOException {
    try {
      MirrorFiles.tidy(git);
      return true;
    } catch (CorruptObjectException e) {
      condemn(git, e);
      return false;
    }
  }

  private static boolean isSound(Path git) {
    return !Files.exists(git.resolve(BROKEN))
        && FileKey.isGitRepository(git.toFile(), JGitIsolation.FILES);
  }

  private static void noteTip(Path git, Repository repository, Remote.Fetched fetched)
      throws IOException {
    if (CompleteCommits.add(repository, fetched.commit())) {
      CompleteCommits.removeOldest(git, MAX_TIPS);
    }
  }

  /** The store of LFS objects. */
  public Path lfs() {
    return place.resolve(LFS);
  }

  /**
   * Opens a Git directory that borrows the objects of one of this mirror's from now on. If an
   * object turns out to be damaged or foreign later, the next task has a new mirror.
   *
   * @param git the new one, which is laid out
   * @param lender the mirror's
   */
  public SparsePackRepository lend(Path git, Path lender) throws IOException {
    SparsePackRepository repository = GitDirectory.lend(git, lender);
    repository.onDamage(damage -> condemnQuietly(lender, damage));
    return repository;
  }

  private void condemnQuietly(Path git, IOException damage) {
    try {
      condemn(git, damage);
    } catch (IOException e) {
      log.error("The broken mirror '{}' could not be marked; remove it", git, e);
    }
  }

  /** Marks a Git directory as broken; the next checkout makes a new one. */
  public BrokenMirrorException condemn(Path git, IOException damage) throws IOException {
    if (!Files.exists(git.resolve(BROKEN))) {
      log.warn("The mirror '{}' is broken; it is made anew: {}", git, damage.toString());
      Files.writeString(git.resolve(BROKEN), "");
    }
    return new BrokenMirrorException(damage);
  }

  /** Combines packs if there are many, and gives the mirror back. */
  @Override
  public void close() {
    tidy();
    giveBack.run();
  }

  static void remove(Path place, boolean brokenOnly) throws IOException {
    for (Path git : generations(place)) {
      if (!brokenOnly || !isSound(git)) {
        RepositoryCache.unregister(key(git));
        Folders.delete(git);
      }
    }
    if (!brokenOnly) {
      Folders.delete(place.resolve(LFS));
    }
  }

  private static List<Path> generations(Path place) throws IOException {
    List<Path> all = new ArrayList<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(place, GENERATION + "*")) {
      folders.forEach(all::add);
    }
    all.sort(Comparator.comparingInt(Mirror::number));
    return all;
  }

  private static int number(Path git) {
    return Integer.parseInt(git.getFileName().toString().substring(GENERATION.length()));
  }

  private static FileKey key(Path git) {
    return FileKey.exact(git.toFile(), JGitIsolation.FILES);
  }
}
