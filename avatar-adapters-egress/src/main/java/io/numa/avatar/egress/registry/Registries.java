package io.numa.avatar.egress.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;

/**
 * Serves registries to sandboxes. Each has a port of its own on the sandbox's loopback; what comes
 * to that port is given to {@link #serve}. Safe for use by several threads.
 */
public interface Registries extends AutoCloseable {
  /** The registries by their port inside. The ports are stable while the registries are. */
  SortedMap<Integer, Registry> ports();

  /**
   * Answers the requests of one connection until the client or a fault ends it; closes both
   * streams. Blocks, also in reads: who owns the connection closes it to end the call.
   *
   * @param port one of {@link #ports()}
   * @throws IOException if the connection breaks
   */
  void serve(int port, InputStream in, OutputStream out) throws IOException;

  /** The settings of the package clients, by their path relative to the sandbox's HOME. */
  Map<Path, String> homeFiles();

  /** The variables that package clients need inside beside {@link #homeFiles()}. */
  Map<String, String> environment();

  /** Ends running exchanges. */
  @Override
  void close();
}
