package io.numa.avatar.agent.gateway;

import static java.util.Locale.ROOT;

import com.sun.net.httpserver.Headers;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The headers of an agent's request.
 *
 * @param all by lower-case names
 */
record RequestHeaders(Map<String, List<String>> all) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9!#$%&'*+.^_`|~-]+");

  /** Headers of one connection, of the gateway's own address, and of proxies before it. */
  private static final Set<String> NOT_PASSED =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-connection",
          "proxy-authorization",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "host",
          "content-length",
          "expect",
          "accept-encoding",
          "cookie",
          "referer",
          "origin",
          "forwarded",
          "via",
          "x-real-ip");

  static RequestHeaders of(Headers headers) {
    var all = new HashMap<String, List<String>>();
    headers.forEach((name, values) -> all.put(name.toLowerCase(ROOT), List.copyOf(values)));
    return new RequestHeaders(all);
  }

  List<String> values(String name) {
    return all.getOrDefault(name, List.of());
  }

  /** The headers for the model's host. */
  okhttp3.Headers forHost(Credentials credentials) {
    Set<String> ofConnection = new HashSet<>();
    values("connection")
        .forEach(value -> ofConnection.addAll(List.of(value.toLowerCase(ROOT).split("[ ,]+"))));
    var passed = new okhttp3.Headers.Builder();
    all.forEach(
        (name, values) -> {
          if (Credentials.HEADERS.contains(name)) {
            passed.addUnsafeNonAscii(name, credentials.header(name));
          } else if (isPassed(name) && !ofConnection.contains(name)) {
            values.forEach(value -> passed.addUnsafeNonAscii(name, value));
          }
        });
    // The usage is read on the way, so the answer must not be compressed.
    return passed.add("accept-encoding", "identity").build();
  }

  private static boolean isPassed(String name) {
    return !NOT_PASSED.contains(name)
        && !name.startsWith("x-forwarded-")
        && NAME.matcher(name).matches();
  }
}
