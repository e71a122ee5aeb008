package io.numa.avatar.process.sandbox.home;

import static io.numa.avatar.task.FailureKind.UNAVAILABLE;

import io.numa.avatar.port.PortException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lends each sandbox of a repository layers that no other one has mounted: the kernel leaves open
 * what two mounts of the same layer do. A repository has as many of them as it had sandboxes at
 * once; the first free ones are lent again, with what was written there. Safe for use by several
 * threads and processes.
 */
public final class LayerSlots {
  private static final Logger log = LoggerFactory.getLogger(LayerSlots.class);

  /** As many as tasks may run at once. */
  private static final int MOST = 256;

  private final Path locks;
  private final Layers layers;
  private final Set<Path> taken = new HashSet<>();

  LayerSlots(Path locks, Layers layers) {
    this.locks = locks;
    this.layers = layers;
  }

  /** Layers that are lent; to be closed once, when nothing has them mounted. */
  public record Slot(List<Layers.Layer> layers, Runnable end) implements AutoCloseable {
    public Slot {
      layers = List.copyOf(layers);
    }

    @Override
    public void close() {
      end.run();
    }
  }

  /**
   * Lends the layers of a repository, and makes their folders as far as they are missing.
   *
   * @param repository its folder
   * @throws PortException if none are free, or the disk takes none
   */
  Slot take(Path repository) {
    if (layers.folders().isEmpty()) {
      return new Slot(List.of(), () -> {});
    }
    try {
      for (int number = 1; number <= MOST; number++) {
        Path file = locks.resolve(repository.getFileName() + "-layers-" + number);
        FileChannel held = hold(file);
        if (held != null) {
          return made(layers.of(repository, number), () -> release(file, held));
        }
      }
    } catch (IOException e) {
      throw new PortException(
          UNAVAILABLE, "could not make a layer for a cache: " + e.getMessage(), e);
    }
    throw new PortException(
        UNAVAILABLE, "could not make a layer for a cache: the repository has " + MOST + " in use");
  }

  private static Slot made(List<Layers.Layer> lent, Runnable end) throws IOException {
    boolean done = false;
    try {
      for (Layers.Layer layer : lent) {
        layer.make();
      }
      done = true;
      return new Slot(lent, end);
    } finally {
      if (!done) {
        end.run();
      }
    }
  }

  /** The open file of a lock; null if a sandbox holds it. */
  private synchronized @Nullable FileChannel hold(Path file) throws IOException {
    // A second channel of this process would take the lock away from the first one as it closes.
    if (!taken.add(file)) {
      return null;
    }
    FileChannel held = null;
    try {
      held = lock(file);
      return held;
    } finally {
      if (held == null) {
        taken.remove(file);
      }
    }
  }

  private @Nullable FileChannel lock(Path file) throws IOException {
    if (!Files.isDirectory(locks)) {
      Files.createDirectories(locks, Homes.PRIVATE);
    }
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = null;
    try {
      lock = channel.tryLock();
      return lock == null ? null : channel;
    } catch (OverlappingFileLockException e) {
      return null;
    } finally {
      if (lock == null) {
        channel.close();
      }
    }
  }

  private synchronized void release(Path file, FileChannel held) {
    taken.remove(file);
    try {
      held.close();
    } catch (IOException e) {
      log.warn("Could not give back '{}': {}", file, e.toString());
    }
  }
}
