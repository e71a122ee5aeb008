package io.numa.avatar.http;

import java.util.Optional;
import java.util.Set;
import okhttp3.HttpUrl;

/**
 * Decides which redirections a client follows: those to the same scheme, host and port, and from
 * {@code http} to {@code https} of the same host, at their default ports. Credentials so never
 * reach another host or port, nor a connection that others can read.
 */
public final class Redirects {
  /** How many redirections of one request a client follows. */
  public static final int MOST = 5;

  /** The statuses after which a client may repeat the request with its method and body. */
  private static final Set<Integer> REPEATABLE = Set.of(301, 302, 307, 308);

  private Redirects() {}

  /** Whether the answer sends the client elsewhere. */
  public static boolean isOne(HttpAnswer answer) {
    return answer.status() >= 300 && answer.status() < 400;
  }

  /**
   * Where to repeat the request, with the same method and body; empty if the answer is no
   * redirection or one that must not be followed.
   */
  public static Optional<HttpUrl> next(HttpUrl from, HttpAnswer answer) {
    String location = answer.headers().get("Location");
    if (!REPEATABLE.contains(answer.status()) || location == null) {
      return Optional.empty();
    }
    return Optional.ofNullable(from.resolve(location)).filter(to -> isSamePlace(from, to));
  }

  private static boolean isSamePlace(HttpUrl from, HttpUrl to) {
    boolean secured =
        from.scheme().equals("http") && from.port() == 80 && to.isHttps() && to.port() == 443;
    boolean same = from.scheme().equals(to.scheme()) && from.port() == to.port();
    return from.host().equals(to.host()) && (same || secured);
  }
}
