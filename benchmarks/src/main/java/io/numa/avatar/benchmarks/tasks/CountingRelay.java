package io.numa.avatar.benchmarks.tasks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/** A relay on loopback in front of a server. It counts the traffic. */
final class CountingRelay implements AutoCloseable {
  private final ServerSocket listening;
  private final int target;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final AtomicReference<Traffic> traffic = new AtomicReference<>(Traffic.NONE);

  private CountingRelay(ServerSocket listening, int target) {
    this.listening = listening;
    this.target = target;
  }

  /** Starts a relay to a port of this machine. */
  static CountingRelay to(int port) throws IOException {
    var relay = new CountingRelay(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), port);
    background("relay", relay::acceptAll);
    return relay;
  }

  int port() {
    return listening.getLocalPort();
  }

  /** The traffic since the last call. */
  Traffic take() {
    return traffic.getAndSet(Traffic.NONE);
  }

  private void add(Traffic more) {
    traffic.accumulateAndGet(more, Traffic::plus);
  }

  private static void background(String name, Runnable work) {
    var thread = new Thread(work, "benchmark-" + name);
    thread.setDaemon(true);
    thread.start();
  }

  private void acceptAll() {
    try {
      while (true) {
        connect(listening.accept());
      }
    } catch (IOException e) {
      // The relay was closed.
    }
  }

  private void connect(Socket client) throws IOException {
    var server = new Socket(InetAddress.getLoopbackAddress(), target);
    sockets.addAll(List.of(client, server));
    client.setTcpNoDelay(true);
    server.setTcpNoDelay(true);
    add(new Traffic(0, 0, 0, 1, 0));
    var direction = new Direction();
    background("relay-up", () -> pump(client, server, direction::sent));
    background("relay-down", () -> pump(server, client, direction::received));
  }

  /** Counts bytes before it sends them on, so that no reader sees a smaller count. */
  private interface Counter {
    void count(int bytes);
  }

  private static void pump(Socket from, Socket to, Counter counter) {
    var buffer = new byte[1 << 16];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        counter.count(n);
        out.write(buffer, 0, n);
      }
    } catch (IOException e) {
      // Either side closed the connection; the closed socket ends the other.
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  /** The direction of a connection. Without pipelining, a request begins when it changes. */
  private final class Direction {
    private boolean answering = true;
    private long last;

    synchronized void sent(int bytes) {
      if (answering) {
        answering = false;
        last = System.nanoTime();
        add(new Traffic(bytes, 0, 1, 0, 0));
      } else {
        add(new Traffic(bytes, 0, 0, 0, 0));
      }
    }

    synchronized void received(int bytes) {
      answering = true;
      long now = System.nanoTime();
      add(new Traffic(0, bytes, 0, 0, now - last));
      last = now;
    }
  }
}
