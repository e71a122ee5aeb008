package io.numa.avatar.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/**
 * Makes sockets that send the end of a request at once. OkHttp leaves Nagle's algorithm on, and the
 * end of a long request then waits until the host has acknowledged the rest: 40 ms for 100 KB on
 * loopback, and longer on the way to a far host.
 */
public final class PromptSockets extends SocketFactory {
  private final SocketFactory sockets;

  private PromptSockets(SocketFactory sockets) {
    this.sockets = sockets;
  }

  /** Makes the sockets that {@code sockets} makes; returns a factory of prompt ones as it is. */
  public static PromptSockets over(SocketFactory sockets) {
    return sockets instanceof PromptSockets prompt ? prompt : new PromptSockets(sockets);
  }

  private static Socket prompt(Socket socket) throws IOException {
    socket.setTcpNoDelay(true);
    return socket;
  }

  @Override
  public Socket createSocket() throws IOException {
    return prompt(sockets.createSocket());
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return prompt(sockets.createSocket(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress from, int fromPort)
      throws IOException {
    return prompt(sockets.createSocket(host, port, from, fromPort));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return prompt(sockets.createSocket(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort)
      throws IOException {
    return prompt(sockets.createSocket(host, port, from, fromPort));
  }
}
