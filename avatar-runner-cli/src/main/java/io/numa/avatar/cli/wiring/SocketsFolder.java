package io.numa.avatar.cli.wiring;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import io.numa.avatar.time.TimeSource;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder for sockets. It lies in the system's folder for temporary files, as paths of sockets
 * must be short. Its lock lasts as long as the process; the next process removes the folders of
 * those that were killed.
 */
final class SocketsFolder implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SocketsFolder.class);

  private static final String PREFIX = "numa-";
  private static final String LOCK = "lock";
  private static final Set<PosixFilePermission> OWNERS =
      PosixFilePermissions.fromString("rwx------");

  /** A younger folder may not be locked yet. */
  private static final Duration UNLOCKED = Duration.ofMinutes(1);

  /** Opening a lock that this process holds would lose it as it is closed again. */
  private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final FileChannel lock;

  private SocketsFolder(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Makes a folder that only the avatar's user may enter.
   *
   * @param parent the folder for temporary files
   */
  static SocketsFolder in(Path parent) throws IOException {
    Path path =
        Files.createTempDirectory(parent, PREFIX, PosixFilePermissions.asFileAttribute(OWNERS));
    OWN.add(path);
    FileChannel lock = FileChannel.open(path.resolve(LOCK), CREATE_NEW, WRITE);
    FileLock untilClosed = lock.lock();
    removeThoseOfTheDead(parent, Files.getOwner(path));
    return new SocketsFolder(path, untilClosed.channel());
  }

  Path path() {
    return path;
  }

  private static void removeThoseOfTheDead(Path parent, UserPrincipal owner) {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
      for (Path folder : folders) {
        removeIfAbandoned(folder, owner);
      }
    } catch (IOException | DirectoryIteratorException e) {
      log.debug("Old folders of sockets in {} stay: {}", parent, e.toString());
    }
  }

  private static void removeIfAbandoned(Path folder, UserPrincipal owner) {
    try {
      if (!OWN.contains(folder) && isOnlyFor(owner, folder) && isAbandoned(folder)) {
        remove(folder);
      }
    } catch (IOException e) {
      log.debug("{} stays: {}", folder, e.toString());
    }
  }

  /** In a folder that others may change, they could leave a link that leads the removal away. */
  private static boolean isOnlyFor(UserPrincipal owner, Path folder) throws IOException {
    var found = Files.readAttributes(folder, PosixFileAttributes.class, NOFOLLOW_LINKS);
    return found.isDirectory() && found.owner().equals(owner) && found.permissions().equals(OWNERS);
  }

  private static boolean isAbandoned(Path folder) throws IOException {
    Instant youngest = TimeSource.SYSTEM.clock().instant().minus(UNLOCKED);
    if (Files.getLastModifiedTime(folder, NOFOLLOW_LINKS).toInstant().isAfter(youngest)) {
      return false;
    }
    try (var channel = FileChannel.open(folder.resolve(LOCK), WRITE, NOFOLLOW_LINKS)) {
      return channel.tryLock() != null;
    } catch (NoSuchFileException e) {
      return false; // a folder of another program
    }
  }

  private static void remove(Path folder) throws IOException {
    List<Path> found;
    try (Stream<Path> all = Files.walk(folder)) {
      found = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path each : found) {
      Files.deleteIfExists(each);
    }
  }

  /** Removes the folder with all that is left in it. */
  @Override
  public void close() {
    try (lock) {
      remove(path);
    } catch (IOException e) {
      log.warn("Could not remove {}: {}", path, e.toString());
    } finally {
      OWN.remove(path);
    }
  }
}
