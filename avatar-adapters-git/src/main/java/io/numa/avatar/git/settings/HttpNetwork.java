package io.numa.avatar.git.settings;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.HttpsURLConnection;
import okhttp3.OkHttpClient;

/**
 * How hosts are reached over HTTP, and whose certificates they may show.
 *
 * @param authorities trusted beside those of the JDK
 * @param proxy through which other hosts than {@code direct} ones are reached; the JVM's own
 *     settings hold when empty
 * @param login what that proxy is shown when it asks
 * @param direct hosts such as {@code git.example.com}, or {@code .example.com} for all below
 */
public record HttpNetwork(
    Optional<CertificateAuthorities> authorities,
    Optional<InetSocketAddress> proxy,
    Optional<ProxyLogin> login,
    List<String> direct) {
  /** The JVM's own settings. */
  public static final HttpNetwork DIRECT =
      new HttpNetwork(Optional.empty(), Optional.empty(), Optional.empty(), List.of());

  public HttpNetwork {
    if (login.isPresent() && proxy.isEmpty()) {
      throw new IllegalArgumentException("a login is for one proxy, which is not named");
    }
    direct = direct.stream().map(host -> host.toLowerCase(Locale.ROOT)).toList();
  }

  public HttpNetwork withAuthorities(CertificateAuthorities trusted) {
    return new HttpNetwork(Optional.of(trusted), proxy, login, direct);
  }

  /** Names a proxy, which is shown no login that was meant for another one. */
  public HttpNetwork withProxy(InetSocketAddress address, List<String> directHosts) {
    return new HttpNetwork(authorities, Optional.of(address), Optional.empty(), directHosts);
  }

  /** Has the proxy be shown a login. */
  public HttpNetwork withLogin(ProxyLogin shown) {
    return new HttpNetwork(authorities, proxy, Optional.of(shown), direct);
  }

  /** Has a client reach hosts this way. */
  public OkHttpClient.Builder setUp(OkHttpClient.Builder client) {
    authorities.ifPresent(ca -> client.sslSocketFactory(ca.sockets(), ca.trust()));
    login.ifPresent(known -> client.proxyAuthenticator((route, refused) -> known.answer(refused)));
    return client.proxySelector(proxies());
  }

  /** The ways to all URLs, for clients that ask for each connection. */
  private ProxySelector proxies() {
    ProxySelector usual = ProxySelector.getDefault();
    return new ProxySelector() {
      @Override
      public List<Proxy> select(URI uri) {
        return proxy.isEmpty() && usual != null
            ? usual.select(uri)
            : List.of(way(uri.getHost(), Proxy.NO_PROXY));
      }

      @Override
      public void connectFailed(URI uri, SocketAddress address, IOException failure) {
        // The call says so.
      }
    };
  }

  /** Resolves the name for each connection, as its address may change. */
  private static Proxy wayThrough(InetSocketAddress address) {
    return new Proxy(
        Proxy.Type.HTTP, new InetSocketAddress(address.getHostString(), address.getPort()));
  }

  /** The way to a URL, where {@code usual} is the JVM's. */
  public Proxy way(URL url, Proxy usual) {
    return way(url.getHost(), usual);
  }

  private Proxy way(String host, Proxy usual) {
    if (proxy.isEmpty()) {
      return usual;
    }
    return isDirect(host) ? Proxy.NO_PROXY : wayThrough(proxy.get());
  }

  private boolean isDirect(String name) {
    String host = name.toLowerCase(Locale.ROOT);
    return direct.stream()
        .anyMatch(
            one ->
                one.startsWith(".")
                    ? host.endsWith(one) || host.equals(one.substring(1))
                    : host.equals(one));
  }

  /** The same URL, whose connections trust the authorities, and show the proxy the login. */
  public URL connecting(URL url) throws IOException {
    return authorities.isPresent() || login.isPresent()
        ? new URL(null, url.toExternalForm(), new Connections(url))
        : url;
  }

  private final class Connections extends URLStreamHandler {
    private final URL plain;

    Connections(URL plain) {
      this.plain = plain;
    }

    @Override
    protected URLConnection openConnection(URL url) throws IOException {
      return openConnection(url, Proxy.NO_PROXY);
    }

    @Override
    protected URLConnection openConnection(URL url, Proxy proxy) throws IOException {
      var connection = (HttpURLConnection) plain.openConnection(proxy);
      login.ifPresent(connection::setAuthenticator);
      if (connection instanceof HttpsURLConnection secure) {
        authorities.ifPresent(trusted -> secure.setSSLSocketFactory(trusted.sockets()));
      }
      return connection;
    }
  }
}
