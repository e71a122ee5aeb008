package io.numa.avatar.cli.wiring;

import io.numa.avatar.cli.config.Configuration;
import io.numa.avatar.cli.config.ServerSection;
import io.numa.avatar.operation.OperationEvents;
import io.numa.avatar.operation.Reloading;
import io.numa.avatar.port.Secret;
import io.numa.avatar.port.sandbox.HostAndPort;
import io.numa.avatar.server.LocalServer;
import io.numa.avatar.server.ServedAvatar;
import io.numa.avatar.server.ServerSettings;
import io.numa.avatar.server.access.ServerToken;
import io.numa.avatar.server.call.OperatorCalls;
import io.numa.avatar.server.control.ControlServer;
import io.numa.avatar.server.control.ControlSocket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How operators reach a running avatar: by its control socket, and by its server if it is to have
 * one. The caller must close it before the avatar.
 */
public final class OperatorAccess implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(OperatorAccess.class);

  private final Optional<ControlServer> control;
  private final Optional<LocalServer> server;

  private OperatorAccess(Optional<ControlServer> control, Optional<LocalServer> server) {
    this.control = control;
    this.server = server;
  }

  /**
   * Begins to listen.
   *
   * @throws IOException if the server cannot be had, such as when another process listens there
   */
  static OperatorAccess open(Setup setup, ServedAvatar avatar, Reloading reloading, Clock clock)
      throws IOException {
    Optional<HostAndPort> listen = setup.configuration().server().listen();
    Optional<LocalServer> server =
        listen.isPresent()
            ? Optional.of(
                serve(
                    setup,
                    avatar,
                    clock,
                    new InetSocketAddress(listen.get().host(), listen.get().port())))
            : Optional.empty();
    var calls = new OperatorCalls(avatar.overview(), avatar.controls(), reloading);
    return new OperatorAccess(listen(setup, calls, avatar.events(), clock), server);
  }

  /** With a server at an address that no configuration names, and which so is not read anew. */
  static OperatorAccess open(
      Setup setup, ServedAvatar avatar, Clock clock, InetSocketAddress address) throws IOException {
    LocalServer server = serve(setup, avatar, clock, address);
    var calls = new OperatorCalls(avatar.overview(), avatar.controls());
    return new OperatorAccess(listen(setup, calls, avatar.events(), clock), Optional.of(server));
  }

  private static LocalServer serve(
      Setup setup, ServedAvatar avatar, Clock clock, InetSocketAddress address) throws IOException {
    Configuration configuration = setup.configuration();
    ServerSection section = configuration.server();
    Path file = section.tokenFileIn(configuration.avatar().stateDir());
    Secret token = ServerToken.in(file);
    setup.redactor().add(token);
    var settings = new ServerSettings(address, token, Set.copyOf(section.hosts()));
    try {
      return LocalServer.start(settings, avatar, clock);
    } catch (IOException e) {
      throw new IOException("could not listen at " + text(address) + ": " + e.getMessage(), e);
    }
  }

  private static String text(InetSocketAddress address) {
    return address.getPort() == 0
        ? "any port of " + address.getHostString()
        : new HostAndPort(address.getHostString(), address.getPort()).toString();
  }

  /** An avatar without a control socket, such as on a file system that has none, still works. */
  private static Optional<ControlServer> listen(
      Setup setup, OperatorCalls calls, OperationEvents events, Clock clock) {
    try {
      return Optional.of(
          ControlServer.start(
              ControlSocket.of(setup.configuration().avatar().stateDir()),
              setup.environment(),
              calls,
              events,
              clock));
    } catch (IOException e) {
      log.warn(
          "Commands cannot reach this avatar: could not make its control socket: {}", e.toString());
      return Optional.empty();
    }
  }

  /** A link to the server's page, which logs in once; empty without a server. */
  public Optional<String> loginLink() {
    return server.map(LocalServer::loginLink);
  }

  /** Whether such a link has logged in an operator. */
  public boolean linkUsed() {
    return server.filter(LocalServer::linkUsed).isPresent();
  }

  @Override
  public void close() {
    control.ifPresent(ControlServer::close);
    server.ifPresent(LocalServer::close);
  }
}
