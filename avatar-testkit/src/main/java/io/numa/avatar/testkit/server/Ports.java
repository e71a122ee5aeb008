package io.numa.avatar.testkit.server;

import com.sun.net.httpserver.HttpServer;
import io.numa.avatar.time.TimeSource;
import io.numa.avatar.time.Waiter;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/** Binds the same port repeatedly. */
final class Ports {
  private static final long PATIENCE = Duration.ofSeconds(5).toNanos();
  private static final Duration PAUSE = Duration.ofMillis(1);

  private Ports() {}

  /**
   * Binds the port without listening: connections are refused, and no other program gets the port.
   */
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

  /** Retries, because the JDK's server releases its port a moment after it has stopped. */
  private static <T> T insist(Attempt<T> attempt) throws IOException {
    long start = TimeSource.SYSTEM.nanoTime();
    while (true) {
      try {
        return attempt.make();
      } catch (BindException e) {
        if (TimeSource.SYSTEM.nanoTime() - start > PATIENCE) {
          throw e;
        }
        pause();
      }
    }
  }

  /** Sleeps briefly. Keeps the interrupt flag for the caller. */
  private static void pause() {
    try {
      new Waiter().pause(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
