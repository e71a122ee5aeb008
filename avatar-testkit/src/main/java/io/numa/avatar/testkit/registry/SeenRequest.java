package io.numa.avatar.testkit.registry;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request that a server received.
 *
 * @param target path and query as they were sent
 * @param headers by their names in lower case
 */
public record SeenRequest(String method, String target, Map<String, String> headers, String body) {
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }

  /** Method and target. */
  public String line() {
    return method + " " + target;
  }
}
