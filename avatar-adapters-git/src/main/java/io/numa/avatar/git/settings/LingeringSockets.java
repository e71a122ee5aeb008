package io.numa.avatar.git.settings;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;

/**
 * Makes sockets that another thread can close. The JDK's close waits for a running write, without
 * limit unless the socket lingers.
 */
final class LingeringSockets extends SSLSocketFactory {
  private static final int SECONDS = 1;

  private final SSLSocketFactory sockets;

  LingeringSockets(SSLSocketFactory sockets) {
    this.sockets = sockets;
  }

  /** One object for all, as the JDK reuses connections of the same factory only. */
  static SSLSocketFactory usual() {
    return Usual.SOCKETS;
  }

  /** Made at the first use. */
  private static final class Usual {
    static final SSLSocketFactory SOCKETS =
        new LingeringSockets(HttpsURLConnection.getDefaultSSLSocketFactory());
  }

  static Socket lingering(Socket socket) throws IOException {
    socket.setSoLinger(true, SECONDS);
    return socket;
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return sockets.getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return sockets.getSupportedCipherSuites();
  }

  @Override
  public Socket createSocket() throws IOException {
    return lingering(sockets.createSocket());
  }

  @Override
  public Socket createSocket(Socket tunnel, String host, int port, boolean closesTunnel)
      throws IOException {
    return lingering(sockets.createSocket(tunnel, host, port, closesTunnel));
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return lingering(sockets.createSocket(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return lingering(sockets.createSocket(host, port, local, localPort));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return lingering(sockets.createSocket(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    return lingering(sockets.createSocket(host, port, local, localPort));
  }
}
