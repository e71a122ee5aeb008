package io.numa.avatar.git.internal.support;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.numa.avatar.time.Interrupts;
import io.numa.avatar.workspace.PrivateFolders;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.FileLockInterruptionException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A lock between processes, which the kernel releases when a process dies.
 *
 * <p>The lock belongs to the whole process (fcntl(2)): any thread that opens and closes the same
 * file releases it. So callers must track their locks, and never take one twice. A release does not
 * delete the file: a new file would be a different lock for the next process.
 */
public final class InterProcessLock implements AutoCloseable {
  private final FileChannel channel;

  private InterProcessLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Takes the lock exclusively. Returns empty, without waiting, if another process has it. */
  public static Optional<InterProcessLock> tryTake(Path file) throws IOException {
    FileChannel channel = open(file);
    boolean taken = false;
    try {
      FileLock lock = channel.tryLock();
      taken = lock != null;
      return taken ? Optional.of(new InterProcessLock(channel)) : Optional.empty();
    } catch (OverlappingFileLockException e) {
      return Optional.empty();
    } finally {
      if (!taken) {
        channel.close();
      }
    }
  }

  /** Takes the lock exclusively; waits for it. */
  public static InterProcessLock take(Path file) throws IOException, InterruptedException {
    return take(file, false);
  }

  /** Takes the lock together with others who share it; waits for it. */
  public static InterProcessLock share(Path file) throws IOException, InterruptedException {
    return take(file, true);
  }

  private static InterProcessLock take(Path file, boolean shared)
      throws IOException, InterruptedException {
    FileChannel channel = open(file);
    boolean taken = false;
    try {
      FileLock lock = channel.lock(0, Long.MAX_VALUE, shared);
      taken = lock.isValid();
      return new InterProcessLock(channel);
    } catch (FileLockInterruptionException e) {
      Interrupts.check(); // it leaves the mark
      throw e;
    } catch (OverlappingFileLockException e) {
      throw new IOException(
          "'" + file + "' is in use by another repository adapter of this process", e);
    } finally {
      if (!taken) {
        channel.close();
      }
    }
  }

  private static FileChannel open(Path file) throws IOException {
    PrivateFolders.make(file.toAbsolutePath().resolveSibling(""));
    return FileChannel.open(file, CREATE, READ, WRITE);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
