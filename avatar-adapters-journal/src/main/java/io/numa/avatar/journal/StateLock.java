package io.numa.avatar.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The exclusive lock of a state directory. The kernel holds it, so it ends with the process, even
 * if the process is killed. The process number in the file is for people.
 */
final class StateLock implements AutoCloseable {
  private static final String NAME = "lock";

  /**
   * The directories that this process has locked. POSIX drops a process's lock when the process
   * closes any handle of the file, so this process must not open a second one (fcntl(2), "Advisory
   * record locking").
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path directory;
  private final FileChannel channel;

  private StateLock(Path directory, FileChannel channel) {
    this.directory = directory;
    this.channel = channel;
  }

  /**
   * Creates the directory if it is missing, and locks it.
   *
   * @throws StateException if another avatar has it, or the directory cannot be used
   */
  static StateLock take(Path stateDirectory) {
    try {
      Path directory = PrivateFiles.folder(stateDirectory);
      if (!HELD.add(directory)) {
        throw inUse(directory, "this process");
      }
      @Nullable StateLock lock = null;
      try {
        lock = takeFromOthers(directory);
        return lock;
      } finally {
        if (lock == null) {
          HELD.remove(directory);
        }
      }
    } catch (IOException e) {
      throw new StateException(
          "could not use the state directory '" + stateDirectory + "': " + FileFailures.reason(e),
          e);
    }
  }

  private static StateLock takeFromOthers(Path directory) throws IOException {
    Path file = directory.resolve(NAME);
    FileChannel channel = PrivateFiles.file(file);
    @Nullable FileLock lock = null;
    try {
      lock = channel.tryLock();
      if (lock == null) {
        throw inUse(directory, holder(file));
      }
      channel.truncate(0);
      channel.write(UTF_8.encode(ProcessHandle.current().pid() + "\n"));
      return new StateLock(directory, channel);
    } finally {
      if (lock == null) {
        channel.close();
      }
    }
  }

  private static String holder(Path file) {
    try {
      String pid = Files.readString(file).strip();
      return pid.isEmpty() ? "another process" : "process " + pid;
    } catch (IOException e) {
      return "another process"; // Windows lets no process read a locked file.
    }
  }

  private static StateException inUse(Path directory, String who) {
    return new StateException(
        "could not use the state directory '"
            + directory
            + "': an avatar is using it ("
            + who
            + "); stop that one, or give this one another avatar.state_dir");
  }

  /** The real path of the directory. */
  Path directory() {
    return directory;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new StateException(
          "could not give back the state directory '" + directory + "': " + FileFailures.reason(e),
          e);
    } finally {
      HELD.remove(directory);
    }
  }
}
