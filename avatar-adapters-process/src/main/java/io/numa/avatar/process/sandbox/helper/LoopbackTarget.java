package io.numa.avatar.process.sandbox.helper;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A server on this machine's loopback that sends one byte to each connection. */
public final class LoopbackTarget implements Closeable {
  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  private final ServerSocket server;

  /** Serves on a thread of its own, at a port that is free. */
  public LoopbackTarget() throws IOException {
    server = new ServerSocket(0, 0, InetAddress.getByAddress(LOOPBACK));
    var thread = new Thread(this::serve, "avatar-sandbox-probe");
    thread.setDaemon(true);
    thread.start();
  }

  public int port() {
    return server.getLocalPort();
  }

  private void serve() {
    while (!server.isClosed()) {
      try (Socket connection = server.accept()) {
        connection.getOutputStream().write('\n');
      } catch (IOException e) {
        // closed, by either end
      }
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
