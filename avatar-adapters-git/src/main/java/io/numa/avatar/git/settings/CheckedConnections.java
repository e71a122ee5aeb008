package io.numa.avatar.git.settings;

import io.numa.avatar.http.address.CheckedLookup;
import io.numa.avatar.http.address.Destination;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;

/**
 * Opens the JDK's connections over HTTP so that they go to an address that was checked. The JDK
 * reuses connections of the same instance only.
 *
 * <p>For {@code http}, the JDK offers no other way than a URL with the address in place of the
 * name, and a {@code Host} header with the name. It takes such a header only if the system property
 * {@value #HOST_HEADERS} is {@code true} before its first connection over HTTP.
 */
public final class CheckedConnections {
  private static final String HOST_HEADERS = "sun.net.http.allowRestrictedHeaders";

  static {
    if (System.getProperty(HOST_HEADERS) == null) { // otherwise the operator has set it
      System.setProperty(HOST_HEADERS, "true");
    }
  }

  private final HttpNetwork network;
  private final CheckedLookup lookup;
  private final SSLSocketFactory sockets;

  public CheckedConnections(HttpNetwork network, CheckedLookup lookup) {
    this.network = network;
    this.lookup = lookup;
    this.sockets = new CheckedSockets(network.sockets(), lookup);
  }

  /** The same URL, with checked connections that trust the authorities of the network. */
  public URL connecting(URL url) throws IOException {
    return new URL(null, url.toExternalForm(), new Handler(url));
  }

  private HttpURLConnection open(URL url, Proxy proxy) throws IOException {
    Destination to = Destination.of(url);
    lookup.rule().requireLiteral(to);
    var connection =
        proxy.type() == Proxy.Type.DIRECT && url.getProtocol().equals("http")
            ? toAddress(url, to)
            : (HttpURLConnection) url.openConnection(proxy);
    network.login().ifPresent(connection::setAuthenticator);
    if (connection instanceof HttpsURLConnection secure) {
      secure.setSSLSocketFactory(sockets);
    }
    return connection;
  }

  private HttpURLConnection toAddress(URL url, Destination to) throws IOException {
    InetAddress address = lookup.addresses(to).get(0);
    String literal = Destination.uriHost(address.getHostAddress());
    URL dialled = new URL(url.getProtocol(), literal, url.getPort(), url.getFile());
    var connection = (HttpURLConnection) dialled.openConnection(Proxy.NO_PROXY);
    if (!dialled.getHost().equals(url.getHost())) {
      String name = url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
      connection.setRequestProperty("Host", name);
      if (!name.equals(connection.getRequestProperty("Host"))) {
        throw new IOException(
            "this Java sends no Host headers; start it with -D" + HOST_HEADERS + "=true");
      }
    }
    return connection;
  }

  private final class Handler extends URLStreamHandler {
    private final URL plain;

    Handler(URL plain) {
      this.plain = plain;
    }

    @Override
    protected URLConnection openConnection(URL url) throws IOException {
      return openConnection(url, Proxy.NO_PROXY);
    }

    @Override
    protected URLConnection openConnection(URL url, Proxy proxy) throws IOException {
      return open(plain, proxy);
    }
  }
}
