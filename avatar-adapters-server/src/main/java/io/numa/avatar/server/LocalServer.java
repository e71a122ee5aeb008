package io.numa.avatar.server;

import io.numa.avatar.port.sandbox.HostAndPort;
import io.numa.avatar.server.access.Access;
import io.numa.avatar.server.access.HostNames;
import io.numa.avatar.server.http.HttpFront;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;

/** Serves what an operator sees of an avatar and tells it, over HTTP. The caller must close it. */
public final class LocalServer implements AutoCloseable {
  private final HttpFront front;
  private final Access access;

  private LocalServer(HttpFront front, Access access) {
    this.front = front;
    this.access = access;
  }

  /**
   * Begins to listen.
   *
   * @throws IOException if the address cannot be had, such as when another process listens there
   */
  public static LocalServer start(ServerSettings settings, ServedAvatar avatar, Clock clock)
      throws IOException {
    var access = new Access(settings.token(), clock);
    var routes = new Routes(avatar, access, new HostNames(settings.hosts()), clock);
    return new LocalServer(HttpFront.listen(settings.listen(), routes), access);
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return front.address();
  }

  /** A link to the page for people, which logs in once, within ten minutes. */
  public String loginLink() {
    InetAddress address = address().getAddress();
    String host = address.isAnyLocalAddress() ? "localhost" : address.getHostAddress();
    return "http://" + new HostAndPort(host, address().getPort()) + "/login?code=" + access.code();
  }

  /** Whether a link has logged in an operator. */
  public boolean linkUsed() {
    return access.codeTaken();
  }

  /** Ends all connections. */
  @Override
  public void close() {
    front.close();
  }
}
