package io.numa.avatar.egress.registry.serving;

import okhttp3.HttpUrl;

/**
 * A server, as the URLs that lead to it tell it: one at another port is another server.
 *
 * @param host in OkHttp's canonical form, without brackets
 */
record ServerOrigin(String scheme, String host, int port) {
  static ServerOrigin of(HttpUrl url) {
    return new ServerOrigin(url.scheme(), url.host(), url.port());
  }
}
