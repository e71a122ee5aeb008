package io.numa.avatar.agent.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetSocketAddress;
import java.net.URI;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * The path that leads to the model.
 *
 * @param secret its first segment, which cannot be guessed
 * @param basePath the path of the host's base URL, without a slash at its end
 */
record GatewayAddress(String secret, String basePath) {
  static GatewayAddress of(String secret, URI baseUrl) {
    String path = baseUrl.getRawPath() == null ? "" : baseUrl.getRawPath();
    return new GatewayAddress(secret, path.replaceAll("/+$", ""));
  }

  URI at(InetSocketAddress server) {
    return URI.create("http://127.0.0.1:" + server.getPort() + "/" + secret + basePath);
  }

  /** What follows this address in a request's path; empty if the path does not begin with it. */
  Optional<String> rest(String path) {
    int end = path.indexOf('/', 1);
    String first = path.substring(Math.min(1, path.length()), end < 0 ? path.length() : end);
    String behind = end < 0 ? "" : path.substring(end);
    boolean right = MessageDigest.isEqual(first.getBytes(UTF_8), secret.getBytes(UTF_8));
    return right && behind.startsWith(basePath)
        ? Optional.of(behind.substring(basePath.length()))
        : Optional.empty();
  }
}
