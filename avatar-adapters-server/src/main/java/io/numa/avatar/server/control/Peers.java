package io.numa.avatar.server.control;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.attribute.UserPrincipal;
import jdk.net.ExtendedSocketOptions;

/** Which users may be at the other end of a control socket. */
final class Peers {
  private static final String ADMINISTRATOR = "root";

  private Peers() {}

  /**
   * Checks that the process at the other end is of this user, or of the administrator, who may do
   * everything anyway.
   *
   * @throws IOException if it is not
   */
  static void require(SocketChannel channel, UserPrincipal user) throws IOException {
    UserPrincipal peer = channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user();
    if (!mayBe(peer, user)) {
      throw new IOException("the process at the control socket is of user " + peer.getName());
    }
  }

  static boolean mayBe(UserPrincipal peer, UserPrincipal user) {
    return peer.getName().equals(user.getName()) || peer.getName().equals(ADMINISTRATOR);
  }
}
