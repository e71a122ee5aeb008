package io.numa.avatar.agent.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.agent.gateway.internal.dialect.Refusal;
import io.numa.avatar.agent.gateway.internal.dialect.RefusedException;
import io.numa.avatar.port.Secret;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Checks the placeholder on a request, and puts the model's key in its place, in the manner in
 * which the agent sent it.
 */
record Credentials(Secret placeholder, Secret key) {
  private static final String BEARER = "bearer ";
  private static final String QUERY_NAME = "key";

  /**
   * The headers that carry a key, in lower case; {@code authorization} has {@code Bearer} before
   * it.
   */
  static final Set<String> HEADERS =
      Set.of("authorization", "x-api-key", "x-goog-api-key", "api-key");

  /**
   * Checks a request.
   *
   * @param headers by lower-case names
   * @param query as it is in the request, still encoded
   * @throws RefusedException if the request has no key, or one that is not the placeholder
   */
  void check(RequestHeaders headers, @Nullable String query) throws RefusedException {
    List<String> sent = new ArrayList<>();
    for (String name : HEADERS) {
      headers.values(name).forEach(value -> sent.add(bare(name, value)));
    }
    parameters(query)
        .filter(Credentials::isKey)
        .forEach(each -> sent.add(URLDecoder.decode(valueOf(each), UTF_8)));
    byte[] expected = placeholder.reveal().getBytes(UTF_8);
    boolean right = !sent.isEmpty();
    for (String each : sent) {
      right &= MessageDigest.isEqual(each.getBytes(UTF_8), expected);
    }
    if (!right) {
      throw new Refusal(Refusal.Kind.WRONG_KEY, "the key is not the one of this session").thrown();
    }
  }

  /** The value of a header of a checked request, with the key in it. */
  String header(String name) {
    return name.equals("authorization") ? "Bearer " + key.reveal() : key.reveal();
  }

  /** The query of a checked request, with the key in it; null if there is none. */
  @Nullable String query(@Nullable String query) {
    if (query == null) {
      return null;
    }
    return parameters(query)
        .map(each -> isKey(each) ? QUERY_NAME + "=" + URLEncoder.encode(key.reveal(), UTF_8) : each)
        .collect(Collectors.joining("&"));
  }

  private static String bare(String name, String value) {
    boolean bearer =
        name.equals("authorization") && value.regionMatches(true, 0, BEARER, 0, BEARER.length());
    if (bearer) {
      return value.substring(BEARER.length()).strip();
    }
    return name.equals("authorization") ? "" : value.strip();
  }

  private static Stream<String> parameters(@Nullable String query) {
    return query == null || query.isEmpty() ? Stream.of() : Stream.of(query.split("&", -1));
  }

  private static boolean isKey(String parameter) {
    return URLDecoder.decode(parameter.split("=", 2)[0], UTF_8).equals(QUERY_NAME);
  }

  private static String valueOf(String parameter) {
    int equals = parameter.indexOf('=');
    return equals < 0 ? "" : parameter.substring(equals + 1);
  }
}
