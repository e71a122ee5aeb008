package io.numa.avatar.git.settings;

import io.numa.avatar.http.address.CheckedLookup;
import io.numa.avatar.http.address.Destination;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import javax.net.ssl.SSLSocketFactory;

/**
 * Makes sockets for {@code https} that look up the name, check the address and dial it, at once.
 * The JDK's client takes such a plain socket, and asks for its encryption after it is connected.
 */
final class CheckedSockets extends SSLSocketFactory {
  private final SSLSocketFactory encrypting;
  private final CheckedLookup lookup;

  CheckedSockets(SSLSocketFactory encrypting, CheckedLookup lookup) {
    this.encrypting = encrypting;
    this.lookup = lookup;
  }

  /** A socket that is not encrypted yet. */
  @Override
  public Socket createSocket() throws IOException {
    return LingeringSockets.lingering(
        new Socket() {
          @Override
          public void connect(SocketAddress endpoint, int timeout) throws IOException {
            super.connect(checked((InetSocketAddress) endpoint), timeout);
          }
        });
  }

  private InetSocketAddress checked(InetSocketAddress endpoint) throws IOException {
    var to = new Destination("https", endpoint.getHostString(), endpoint.getPort());
    return new InetSocketAddress(lookup.addresses(to).get(0), endpoint.getPort());
  }

  @Override
  public Socket createSocket(Socket connected, String host, int port, boolean closesConnected)
      throws IOException {
    return encrypting.createSocket(connected, host, port, closesConnected);
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    Socket socket = createSocket();
    socket.connect(InetSocketAddress.createUnresolved(host, port), 0);
    return createSocket(socket, host, port, true);
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    throw new IOException("sockets are not bound");
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return createSocket(host.getHostAddress(), port);
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    throw new IOException("sockets are not bound");
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return encrypting.getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return encrypting.getSupportedCipherSuites();
  }
}
