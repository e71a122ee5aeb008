package io.numa.avatar.port.sandbox;

/**
 * A host and a port on it.
 *
 * @param host a name in lower case, or a literal address
 * @param port 1 to 65535
 */
public record HostAndPort(String host, int port) {
  public HostAndPort {
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("not a port: " + port);
    }
  }

  @Override
  public String toString() {
    return host.indexOf(':') < 0 ? host + ":" + port : "[" + host + "]:" + port;
  }
}
