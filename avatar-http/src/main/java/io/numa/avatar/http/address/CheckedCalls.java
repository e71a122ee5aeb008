package io.numa.avatar.http.address;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Checks the address of each call of a client before the client dials it. Behind a proxy, which
 * looks up the names itself, it checks literal addresses and spellings only.
 *
 * <p>The client's proxies must have addresses, not names: a client asks its lookup for a proxy's
 * name, too, and this one answers for the call's own host only.
 */
public record CheckedCalls(CheckedLookup lookup) implements Interceptor {
  @Override
  public Response intercept(Chain chain) throws IOException {
    HttpUrl url = chain.request().url();
    Destination to = Destination.of(url);
    lookup.rule().requireLiteral(to); // the client asks no lookup for literal addresses
    return chain.withDns(new OneHost(lookup, to)).proceed(chain.request());
  }

  /** Clients share connections between calls with equal lookups, so this is a value. */
  private record OneHost(CheckedLookup lookup, Destination to) implements Dns {
    @Override
    public List<InetAddress> lookup(String host) throws UnknownHostException {
      if (!host.equalsIgnoreCase(to.host())) {
        throw new UnknownHostException(host);
      }
      return lookup.addresses(to);
    }
  }
}
