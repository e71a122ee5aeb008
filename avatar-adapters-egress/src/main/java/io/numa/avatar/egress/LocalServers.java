package io.numa.avatar.egress;

import java.net.SocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Servers of this avatar that every sandbox reaches on its own loopback, such as the proxies of
 * registries. They live as long as the avatar. Safe for use by several threads.
 */
public interface LocalServers {
  /** Serves nothing. */
  LocalServers NONE =
      new LocalServers() {
        @Override
        public List<SocketAddress> addresses() {
          return List.of();
        }

        @Override
        public Map<String, String> environment(List<Integer> ports) {
          return Map.of();
        }

        @Override
        public Map<Path, String> homeFiles(List<Integer> ports) {
          return Map.of();
        }
      };

  /**
   * Where the servers listen on this machine, always in the same order. A UNIX socket in a folder
   * of the avatar's user is preferred: every process of this machine can reach a port of loopback.
   */
  List<SocketAddress> addresses();

  /**
   * The environment variables that make clients in a sandbox use the servers.
   *
   * @param ports the ports on the loopback of the sandbox, one for each address, in their order
   */
  Map<String, String> environment(List<Integer> ports);

  /**
   * The files that make clients in a sandbox use the servers, relative to its HOME.
   *
   * @param ports the ports on the loopback of the sandbox, one for each address, in their order
   */
  Map<Path, String> homeFiles(List<Integer> ports);
}
