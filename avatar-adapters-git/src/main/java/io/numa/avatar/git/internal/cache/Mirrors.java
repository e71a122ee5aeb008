package io.numa.avatar.git.internal.cache;

import io.numa.avatar.git.internal.support.InterProcessLock;
import io.numa.avatar.workspace.PrivateFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The mirrors of all repositories. Safe for use by several threads. */
public final class Mirrors {
  private static final Logger log = LoggerFactory.getLogger(Mirrors.class);

  private final Path folder;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Path, Shared> inUse = new HashMap<>();

  Mirrors(Path folder, Clock clock) {
    this.folder = folder;
    this.clock = clock;
  }

  /** The state that all users of one mirror in this process share. */
  private static final class Shared {
    final ReentrantLock fetching = new ReentrantLock();
    final InterProcessLock held;
    int users;

    Shared(InterProcessLock held) {
      this.held = held;
    }
  }

  /** Opens the mirror of a repository, which may be empty. It is not removed while it is open. */
  public Mirror borrow(RepositoryKey repository) throws IOException, InterruptedException {
    Path place = folder.resolve(repository.value());
    lock.lockInterruptibly();
    try {
      PrivateFolders.make(place);
      Files.setLastModifiedTime(place, FileTime.from(clock.instant()));
      Shared shared = inUse.get(place);
      if (shared == null) {
        shared = new Shared(InterProcessLock.share(inUse(place)));
        inUse.put(place, shared);
      }
      shared.users++;
      return new Mirror(place, shared.fetching, () -> giveBack(place));
    } finally {
      lock.unlock();
    }
  }

  private void giveBack(Path place) {
    lock.lock();
    try {
      Shared shared = inUse.get(place);
      if (shared != null && --shared.users == 0) {
        inUse.remove(place);
        shared.held.close();
      }
    } catch (IOException e) {
      log.warn("Could not give back '{}': {}", place, e.toString());
    } finally {
      lock.unlock();
    }
  }

  /**
   * Removes a mirror, or its broken Git directories, unless it is in use.
   *
   * @param place the mirror's folder; its lock files stay there
   */
  void remove(Path place, boolean brokenOnly) throws IOException {
    lock.lock();
    try {
      if (inUse.containsKey(place)) {
        return;
      }
      Optional<InterProcessLock> held = InterProcessLock.tryTake(inUse(place));
      if (held.isPresent()) {
        try (InterProcessLock alone = held.get()) {
          Mirror.remove(place, brokenOnly);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private static Path inUse(Path place) {
    return place.resolve("in-use.lock");
  }
}
