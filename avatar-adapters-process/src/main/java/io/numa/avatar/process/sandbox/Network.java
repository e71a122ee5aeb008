package io.numa.avatar.process.sandbox;

import io.numa.avatar.port.sandbox.EgressPorts;
import java.nio.file.Path;
import java.util.Set;

/** The network of a sandbox. */
sealed interface Network {
  /** The machine's own. */
  record Machine() implements Network {}

  /** A loopback address, and nothing else. */
  record Nothing() implements Network {}

  /**
   * A loopback address, at which chosen connections are taken up and led to the avatar.
   *
   * @param socket the avatar's UNIX socket
   */
  record Captured(Path socket, EgressPorts ports) implements Network {
    /** Takes up nothing but connections to some ports of loopback. */
    static Captured services(Path socket, Set<Integer> services) {
      return new Captured(socket, new EgressPorts(Set.of(), services, Set.of(), Set.of()));
    }
  }
}
