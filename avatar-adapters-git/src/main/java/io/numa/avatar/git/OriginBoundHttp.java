package io.numa.avatar.git;

import java.io.IOException;
import java.net.Proxy;
import java.net.URL;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;
import org.eclipse.jgit.transport.http.JDKHttpConnection;

/**
 * Holds back what one server is to be shown from any other that it redirects to. JGit 7.8 does so
 * for other host names, but not for another port of the same host.
 */
final class OriginBoundHttp implements HttpConnectionFactory {
  private final HostLogin login;

  OriginBoundHttp(HostLogin login) {
    this.login = login;
  }

  @Override
  public HttpConnection create(URL url) throws IOException {
    return create(url, Proxy.NO_PROXY);
  }

  @Override
  public HttpConnection create(URL url, Proxy proxy) throws IOException {
    return new JDKHttpConnection(url, proxy) {
      @Override
      public void setRequestProperty(String key, String value) {
        if (!key.equalsIgnoreCase("Authorization") || login.isFor(url)) {
          super.setRequestProperty(key, value);
        }
      }
    };
  }
}
