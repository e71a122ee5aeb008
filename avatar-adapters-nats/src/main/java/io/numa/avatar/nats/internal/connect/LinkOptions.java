package io.numa.avatar.nats.internal.connect;

import io.nats.client.AuthHandler;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.numa.avatar.nats.settings.NatsLogin;
import io.numa.avatar.nats.settings.NatsSettings;
import io.numa.avatar.port.UnauthorizedException;
import io.numa.avatar.time.Timers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Turns settings into the library's options. */
final class LinkOptions {
  /** How long it may take to connect to one server. It takes so long to hear of a wrong login. */
  static final Duration CONNECT = Duration.ofSeconds(2);

  /** The library asks for threads for its reader, writer, callbacks and subscriptions. */
  private static final int MAX_THREADS = 64;

  private LinkOptions() {}

  /**
   * @throws UnauthorizedException if a file of the login cannot be read
   */
  static Options of(NatsSettings settings, LinkEvents events) throws IOException {
    var options =
        Options.builder()
            .servers(settings.urls().stream().map(Object::toString).toArray(String[]::new))
            .connectionName("numa-avatar " + settings.avatar())
            .connectionListener(events)
            .errorListener(events)
            .maxReconnects(-1)
            .reconnectWait(Duration.ofMillis(500))
            .reconnectJitter(Duration.ofMillis(500))
            .reconnectJitterTls(Duration.ofMillis(500))
            .connectionTimeout(CONNECT)
            .pingInterval(Duration.ofSeconds(10))
            // What was published while the connection was away would be late: a task that was given
            // back late would be taken from its new owner.
            .reconnectBufferSize(0)
            .advancedRequestBehavior()
            // A certificate is compared with the URL's name. The other mode that keeps it looks up
            // no address.
            .hostnameResolveMode(Options.HostnameResolveMode.HappyEyeballs)
            .ignoreDiscoveredServers()
            .connectThreadFactory(LinkThreads.named("avatar-nats-connecting"))
            .callbackThreadFactory(LinkThreads.named("avatar-nats-callback"))
            .executor(executor())
            .scheduledExecutor(Timers.daemon("avatar-nats-timer"));
    if (settings.secure()) {
      options.sslContext(Trust.context(settings.caFile()));
    }
    login(options, settings.login());
    return options.build();
  }

  private static ThreadPoolExecutor executor() {
    return new ThreadPoolExecutor(
        0,
        MAX_THREADS,
        1,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        LinkThreads.named("avatar-nats"));
  }

  private static void login(Options.Builder options, NatsLogin login) {
    if (login instanceof NatsLogin.Token token) {
      options.token(token.token().reveal().toCharArray());
    } else if (login instanceof NatsLogin.Password password) {
      options.userInfo(password.user().toCharArray(), password.password().reveal().toCharArray());
    } else if (login instanceof NatsLogin.CredentialsFile credentials) {
      options.authHandler(
          handler(credentials.file(), Nats.credentials(credentials.file().toString())));
    } else if (login instanceof NatsLogin.NkeyFile nkey) {
      options.authHandler(new NkeyHandler(require(nkey.file())));
    }
  }

  private static AuthHandler handler(Path file, AuthHandler handler) {
    require(file);
    return handler;
  }

  private static Path require(Path file) {
    if (!Files.isReadable(file)) {
      throw new UnauthorizedException(
          "could not log in to the queue: the file " + file + " cannot be read");
    }
    return file;
  }
}
