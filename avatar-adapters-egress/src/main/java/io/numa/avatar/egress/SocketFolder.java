package io.numa.avatar.egress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.numa.avatar.port.PortException;
import io.numa.avatar.task.FailureKind;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A folder of the avatar's user alone, which holds the sockets of its sandboxes. */
final class SocketFolder {
  private static final Logger log = LoggerFactory.getLogger(SocketFolder.class);

  /** The kernel takes 108 bytes, with a zero at the end. */
  private static final int LONGEST_PATH = 107;

  private static final int BACKLOG = 256;
  private static final String END = ".sock";
  private static final Set<PosixFilePermission> PRIVATE =
      PosixFilePermissions.fromString("rwx------");

  private final Path folder;

  private SocketFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * Takes the first folder that can be used, and removes from it sockets of avatars that have
   * ended.
   *
   * @throws PortException of kind {@code UNAVAILABLE} if none can be used
   */
  static SocketFolder in(List<Path> candidates) {
    return candidates.stream()
        .map(Path::toAbsolutePath)
        .filter(SocketFolder::isShort)
        .filter(SocketFolder::becomesPrivate)
        .findFirst()
        .map(SocketFolder::new)
        .map(SocketFolder::tidied)
        .orElseThrow(
            () ->
                new PortException(
                    FailureKind.UNAVAILABLE,
                    "could not keep sockets of sandboxes in any of "
                        + candidates
                        + ": the folder must be the avatar's own, and its path short"));
  }

  private static boolean isShort(Path folder) {
    return newSocket(folder).toString().getBytes(UTF_8).length <= LONGEST_PATH;
  }

  private static boolean becomesPrivate(Path folder) {
    try {
      Files.createDirectories(requireNonNull(folder.getParent()));
      if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
        Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(PRIVATE));
      }
      if (!isOwn(folder)) {
        return false;
      }
      Files.setPosixFilePermissions(folder, PRIVATE);
      return true;
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  /** A folder that is of another user, or is a link, could be exchanged later. */
  private static boolean isOwn(Path folder) throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    Path probe = Files.createTempFile(folder, "owner", "");
    try {
      return Files.getOwner(probe).equals(Files.getOwner(folder));
    } finally {
      Files.delete(probe);
    }
  }

  private SocketFolder tidied() {
    try (DirectoryStream<Path> sockets = Files.newDirectoryStream(folder, "*" + END)) {
      for (Path socket : sockets) {
        if (isDead(socket)) {
          Files.deleteIfExists(socket);
        }
      }
    } catch (IOException e) {
      log.warn("could not remove old sockets in {}: {}", folder, e.getMessage());
    }
    return this;
  }

  /** Whether no process listens there. */
  private static boolean isDead(Path socket) {
    try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      return !channel.isOpen();
    } catch (IOException e) {
      return true;
    }
  }

  /**
   * Listens at a path in the folder.
   *
   * @throws PortException of kind {@code UNAVAILABLE} if that is impossible
   */
  static ServerSocketChannel listen(Path socket) {
    try {
      var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      return server.bind(UnixDomainSocketAddress.of(socket), BACKLOG);
    } catch (IOException e) {
      throw new PortException(
          FailureKind.UNAVAILABLE,
          "could not make the socket " + socket + " for a sandbox: " + e.getMessage(),
          e);
    }
  }

  /** The path of a new socket. */
  Path newSocket() {
    return newSocket(folder);
  }

  /** Names of avatars in other PID namespaces must differ, too. */
  private static Path newSocket(Path folder) {
    return folder.resolve(UUID.randomUUID().toString().substring(24) + END);
  }
}
