package io.numa.avatar.testkit.server;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A received request.
 *
 * @param path the path as it was sent, still percent-encoded
 * @param query the decoded parameters; the last value of each name
 * @param headers the headers by their names in lower case
 * @param body the body, decompressed and decoded as UTF-8; empty if the backend keeps no text of
 *     logs
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
