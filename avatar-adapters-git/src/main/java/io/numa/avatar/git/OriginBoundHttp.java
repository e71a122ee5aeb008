package io.numa.avatar.git;

import java.io.IOException;
import java.net.Proxy;
import java.net.URL;
import java.security.SecureRandom;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;
import org.eclipse.jgit.transport.http.JDKHttpConnection;

/**
 * Holds back what one server is to be shown from any other that it redirects to, and all that is
 * not allowed from being asked at all. JGit 7.8 does so for other host names, but not for another
 * port or scheme of the same host.
 */
final class OriginBoundHttp implements HttpConnectionFactory {
  private final HostLogin login;
  private final GitAccess access;

  OriginBoundHttp(HostLogin login, GitAccess access) {
    this.login = login;
    this.access = access;
  }

  @Override
  public HttpConnection create(URL url) throws IOException {
    return create(url, Proxy.NO_PROXY);
  }

  @Override
  public HttpConnection create(URL url, Proxy proxy) throws IOException {
    access.allowed().requireAllowed(url);
    HttpNetwork network = access.network();
    return new JDKHttpConnection(network.trusting(url), network.way(url, proxy)) {
      @Override
      public void setRequestProperty(String key, String value) {
        if (!key.equalsIgnoreCase("Authorization") || login.isFor(url)) {
          super.setRequestProperty(key, value);
        }
      }

      @Override
      public void configure(KeyManager[] keys, TrustManager[] trusted, SecureRandom random) {
        throw new IllegalStateException("certificates are always verified");
      }

      @Override
      public void setHostnameVerifier(HostnameVerifier verifier) {
        throw new IllegalStateException("the names in certificates are always verified");
      }
    };
  }
}
