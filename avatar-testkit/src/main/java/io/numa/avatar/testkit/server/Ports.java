package io.numa.avatar.testkit.server;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Takes one port again and again. */
final class Ports {
  private static final long PATIENCE = Duration.ofSeconds(5).toNanos();
  private static final long PAUSE = Duration.ofMillis(1).toNanos();

  private Ports() {}

  /** Takes the port without listening: whoever connects is refused, and nobody else gets it. */
  static Socket hold(InetSocketAddress address) throws IOException {
    return insist(
        () -> {
          var socket = new Socket();
          try {
            socket.setReuseAddress(true);
            socket.bind(address);
            return socket;
          } catch (IOException e) {
            socket.close();
            throw e;
          }
        });
  }

  static HttpServer listen(InetSocketAddress address) throws IOException {
    return insist(() -> HttpServer.create(address, 0));
  }

  private interface Attempt<T> {
    T make() throws IOException;
  }

  /** The JDK's server gives its port back a moment after it has stopped. */
  private static <T> T insist(Attempt<T> attempt) throws IOException {
    long start = System.nanoTime();
    while (true) {
      try {
        return attempt.make();
      } catch (BindException e) {
        if (System.nanoTime() - start > PATIENCE) {
          throw e;
        }
        LockSupport.parkNanos(PAUSE);
      }
    }
  }
}
