package io.numa.avatar.testkit.server;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request as it came in.
 *
 * @param path as it was sent, still percent-encoded
 * @param query decoded; the last of several values of a name
 * @param headers by names in lower case
 * @param body decompressed and decoded as UTF-8; empty where a backend keeps no text of logs
 */
public record BackendRequest(
    String method,
    String path,
    Map<String, String> query,
    Map<String, List<String>> headers,
    String body) {
  public BackendRequest {
    query = Map.copyOf(query);
    headers = Map.copyOf(headers);
  }

  /** The header's first value; {@code name} in lower case. */
  public Optional<String> header(String name) {
    return headers.getOrDefault(name, List.of()).stream().findFirst();
  }

  BackendRequest withoutBody() {
    return new BackendRequest(method, path, query, headers, "");
  }
}
