package io.numa.avatar.egress.internal.relay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A server on loopback whose connections the test takes one by one. */
public final class Host implements AutoCloseable {
  private static final int BACKLOG = 512;

  private final ServerSocket server =
      new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());

  public Host() throws IOException {}

  public InetSocketAddress address() {
    return new InetSocketAddress(server.getInetAddress(), port());
  }

  public int port() {
    return server.getLocalPort();
  }

  public Socket accept() throws IOException {
    return server.accept();
  }

  /** Lets {@link #accept} wait no longer than this. */
  public void acceptWithin(int millis) throws IOException {
    server.setSoTimeout(millis);
  }

  /** The next bytes of a connection. */
  public static String receive(Socket socket, int length) throws IOException {
    return new String(socket.getInputStream().readNBytes(length), ISO_8859_1);
  }

  public static String receiveAll(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
  }

  public static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
