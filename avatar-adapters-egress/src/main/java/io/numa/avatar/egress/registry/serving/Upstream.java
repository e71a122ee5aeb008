package io.numa.avatar.egress.registry.serving;

import io.numa.avatar.egress.registry.Login;
import io.numa.avatar.egress.registry.Registry;
import io.numa.avatar.http.address.AddressRule;
import io.numa.avatar.http.address.AllowedNetworks;
import io.numa.avatar.http.address.CheckedCalls;
import io.numa.avatar.http.address.CheckedLookup;
import io.numa.avatar.http.address.HostLookup;
import io.numa.avatar.time.Lazily;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Fetches from a registry. Its login goes to exactly the registry's scheme, host and port, also
 * after redirections. Safe for use by several threads.
 *
 * <p>The registry's own host may have any address, as the operator named it; others must be public.
 */
final class Upstream {
  private static final int MOST_REDIRECTIONS = 10;
  private static final Set<Integer> REDIRECTIONS = Set.of(301, 302, 303, 307, 308);

  private final HttpUrl registry;
  private final Optional<Login> login;
  private final Lazily<OkHttpClient> http;

  /**
   * @param client makes requests; it is asked for with the first one
   */
  Upstream(Registry registry, Supplier<OkHttpClient> client) {
    this.registry = HttpUrl.get(registry.url().toString());
    this.login = registry.login();
    var rule =
        new AddressRule(
            AllowedNetworks.NONE,
            to -> to.host().equals(this.registry.host()),
            "sandbox.registries");
    var checked = new CheckedCalls(new CheckedLookup(rule, HostLookup.SYSTEM));
    this.http = new Lazily<>(() -> client.get().newBuilder().addInterceptor(checked).build());
  }

  /**
   * Sends a request, and follows redirections: never from {@code https} to {@code http}. The caller
   * closes the response, which streams its body.
   *
   * @throws IOException if there is no answer, or if a redirection must not be followed
   */
  Response fetch(Request request) throws IOException {
    Request current = request;
    for (int i = 0; i <= MOST_REDIRECTIONS; i++) {
      Response response = http.get().newCall(withLogin(current)).execute();
      Optional<HttpUrl> next = next(current, response);
      if (next.isEmpty()) {
        return response;
      }
      response.close();
      current = current.newBuilder().url(next.get()).build();
    }
    throw new IOException("it redirects more than " + MOST_REDIRECTIONS + " times");
  }

  private Request withLogin(Request request) {
    if (login.isEmpty() || !ServerOrigin.of(request.url()).equals(ServerOrigin.of(registry))) {
      return request;
    }
    return request.newBuilder().header(login.get().header(), login.get().value().reveal()).build();
  }

  private static Optional<HttpUrl> next(Request request, Response response) throws IOException {
    String location = response.header("Location");
    boolean fetches = !request.method().equals("POST");
    if (!REDIRECTIONS.contains(response.code()) || location == null || !fetches) {
      return Optional.empty();
    }
    HttpUrl next = request.url().resolve(location);
    if (next == null || (request.url().isHttps() && !next.isHttps())) {
      response.close();
      throw new IOException("it redirects to where nothing may be fetched from");
    }
    return Optional.of(next.newBuilder().username("").password("").build());
  }
}
