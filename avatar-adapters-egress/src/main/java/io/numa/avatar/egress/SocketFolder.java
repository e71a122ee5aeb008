package io.numa.avatar.egress;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.port.PortException;
import io.numa.avatar.task.FailureKind;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.UUID;

/**
 * The folder of the sockets of sandboxes.
 *
 * @param path lets only the avatar's user in
 */
record SocketFolder(Path path) {
  /** The kernel takes 108 bytes, with a zero at the end. */
  private static final int LONGEST_PATH = 107;

  private static final int BACKLOG = 256;

  /**
   * @throws PortException of kind {@code UNAVAILABLE} if the paths of sockets would be too long
   */
  SocketFolder {
    if (newSocket(path).toString().getBytes(UTF_8).length > LONGEST_PATH) {
      throw new PortException(
          FailureKind.UNAVAILABLE,
          "could not keep sockets of sandboxes in "
              + path
              + ": its path is too long; choose a shorter one for temporary files (java.io.tmpdir)");
    }
  }

  /** The path of a new socket. */
  Path newSocket() {
    return newSocket(path);
  }

  private static Path newSocket(Path folder) {
    return folder.resolve(UUID.randomUUID().toString().substring(24) + ".sock");
  }

  /**
   * Listens at a path in the folder.
   *
   * @throws PortException of kind {@code UNAVAILABLE} if that is impossible
   */
  static ServerSocketChannel listen(Path socket) {
    try {
      return bound(ServerSocketChannel.open(StandardProtocolFamily.UNIX), socket);
    } catch (IOException e) {
      throw new PortException(
          FailureKind.UNAVAILABLE,
          "could not make the socket " + socket + " for a sandbox: " + e.getMessage(),
          e);
    }
  }

  private static ServerSocketChannel bound(ServerSocketChannel server, Path socket)
      throws IOException {
    try {
      return server.bind(UnixDomainSocketAddress.of(socket), BACKLOG);
    } catch (IOException e) {
      server.close();
      throw e;
    }
  }
}
