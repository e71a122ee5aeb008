package io.numa.avatar.port.sandbox;

import io.numa.avatar.task.sandbox.RefusedHost;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The way of one sandbox to the network. Closing it ends all its connections. Safe for use by
 * several threads.
 */
public interface EgressWay extends AutoCloseable {
  /** The UNIX socket that takes the connections, of 107 bytes at most. */
  Path socket();

  EgressPorts ports();

  /** Variables for programs that want to be told of a proxy. */
  Map<String, String> environment();

  /** The settings of package clients: the content of files, by their paths relative to HOME. */
  Map<Path, String> homeFiles();

  /** The hosts that were refused so far, those refused first at the beginning; 100 at most. */
  List<RefusedHost> refused();

  @Override
  void close();
}
