package io.numa.avatar.git.settings;

import io.numa.avatar.http.address.CheckedCalls;
import io.numa.avatar.http.address.CheckedLookup;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URL;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;
import okhttp3.OkHttpClient;

/**
 * How to reach hosts over HTTP, and which certificates to trust.
 *
 * @param authorities trusted in addition to those of the JDK
 * @param proxy the proxy for all hosts except {@code direct} ones; when empty, the JVM's own
 *     settings are used
 * @param login the login for that proxy, sent when the proxy asks for it
 * @param direct hosts such as {@code git.example.com}, or {@code .example.com} for all its
 *     subdomains
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

  /** A copy with another proxy, and without the login, which belonged to the previous proxy. */
  public HttpNetwork withProxy(InetSocketAddress address, List<String> directHosts) {
    return new HttpNetwork(authorities, Optional.of(address), Optional.empty(), directHosts);
  }

  /** A copy with a login for the proxy. */
  public HttpNetwork withLogin(ProxyLogin shown) {
    return new HttpNetwork(authorities, proxy, Optional.of(shown), direct);
  }

  /** Configures a client to reach hosts this way, at checked addresses. */
  public OkHttpClient.Builder setUp(OkHttpClient.Builder client, CheckedLookup lookup) {
    return setUp(client.addInterceptor(new CheckedCalls(lookup)));
  }

  /** Configures a client to reach hosts this way. The caller checks their addresses. */
  public OkHttpClient.Builder setUp(OkHttpClient.Builder client) {
    authorities.ifPresent(ca -> client.sslSocketFactory(ca.sockets(), ca.trust()));
    login.ifPresent(known -> client.proxyAuthenticator((route, refused) -> known.answer(refused)));
    return client.proxySelector(proxies());
  }

  /** The proxies for all URLs, for clients that ask before each connection. */
  private ProxySelector proxies() {
    ProxySelector usual = ProxySelector.getDefault();
    return new ProxySelector() {
      @Override
      public List<Proxy> select(URI uri) {
        return proxy.isEmpty() && usual != null
            ? usual.select(uri).stream().map(HttpNetwork::resolved).toList()
            : List.of(way(uri.getHost(), Proxy.NO_PROXY));
      }

      @Override
      public void connectFailed(URI uri, SocketAddress address, IOException failure) {
        // The failed call reports it.
      }
    };
  }

  private static Proxy resolved(Proxy one) {
    return one.type() == Proxy.Type.HTTP
            && one.address() instanceof InetSocketAddress address
            && address.isUnresolved()
        ? wayThrough(address)
        : one;
  }

  /** The proxy for one connection. Resolves the name each time, as its address may change. */
  private static Proxy wayThrough(InetSocketAddress address) {
    return new Proxy(
        Proxy.Type.HTTP, new InetSocketAddress(address.getHostString(), address.getPort()));
  }

  /** The proxy for a URL; {@code usual} is the JVM's. */
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

  /** Encrypts connections, which trust the authorities. */
  SSLSocketFactory sockets() {
    return authorities.map(CertificateAuthorities::sockets).orElseGet(LingeringSockets::usual);
  }
}
