package io.numa.avatar.testkit.server;

import com.sun.net.httpserver.HttpServer;
import io.numa.avatar.time.TimeSource;
import io.numa.avatar.time.Waiter;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/** Takes one port again and again. */
final class Ports {
  private static final long PATIENCE = Duration.ofSeconds(5).toNanos();
  private static final Duration PAUSE = Duration.ofMillis(1);

  private Ports() {}

  /** Takes the port without listening: connections are refused, and no other program gets it. */
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

  /** Keeps an interrupt for the caller. */
  private static void pause() {
    try {
      new Waiter().pause(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
