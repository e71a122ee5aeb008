package io.numa.avatar.server.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request. Its texts are as the client sent them, so no value may be trusted or shown unescaped.
 *
 * @param method in upper case
 * @param path the decoded segments of the path; those of {@code /} are none. A segment may be any
 *     text, such as {@code ..}
 * @param query the decoded parameters; of several with one name, the last
 * @param origin where the request came from
 */
public record Request(
    String method, List<String> path, Map<String, String> query, Headers headers, Origin origin) {

  /** The most bytes of a body. */
  private static final int BODY = 64 * 1024;

  public Request {
    path = List.copyOf(path);
    query = Map.copyOf(query);
  }

  /** Gives a header's first value; names are in any case. */
  @FunctionalInterface
  public interface Headers {
    Optional<String> first(String name);
  }

  /** The two ends of the connection. */
  public record Origin(InetAddress client, InetAddress server, InputStream body) {}

  /**
   * Reads the line and the headers of a request.
   *
   * @throws BadRequestException if the path or the query cannot be decoded
   */
  static Request of(HttpExchange exchange) {
    var uri = exchange.getRequestURI();
    return new Request(
        exchange.getRequestMethod(),
        segments(uri.getRawPath()),
        parameters(uri.getRawQuery()),
        name -> Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)),
        new Origin(
            exchange.getRemoteAddress().getAddress(),
            exchange.getLocalAddress().getAddress(),
            exchange.getRequestBody()));
  }

  private static List<String> segments(String rawPath) {
    return Arrays.stream(rawPath.split("/", -1))
        .filter(segment -> !segment.isEmpty())
        .map(segment -> decoded(segment.replace("+", "%2B")))
        .toList();
  }

  private static Map<String, String> parameters(String raw) {
    var parameters = new LinkedHashMap<String, String>();
    for (String parameter : raw == null ? new String[0] : raw.split("&", 100)) {
      int equals = parameter.indexOf('=');
      if (equals > 0) {
        parameters.put(
            decoded(parameter.substring(0, equals)), decoded(parameter.substring(equals + 1)));
      }
    }
    return parameters;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new BadRequestException("the address is not encoded as it should be");
    }
  }

  /** A parameter of the query that is not blank. */
  public Optional<String> parameter(String name) {
    return Optional.ofNullable(query.get(name)).filter(value -> !value.isBlank());
  }

  /** A request of the same client for a page. */
  public Request forPage(List<String> other) {
    return new Request("GET", other, Map.of(), headers, origin);
  }

  /** Whether the client only reads. */
  public boolean reads() {
    return method.equals("GET") || method.equals("HEAD");
  }

  /** The value of a cookie. */
  public Optional<String> cookie(String name) {
    return headers
        .first("Cookie")
        .flatMap(
            all ->
                Arrays.stream(all.split(";", 100))
                    .map(String::strip)
                    .filter(cookie -> cookie.startsWith(name + "="))
                    .map(cookie -> cookie.substring(name.length() + 1))
                    .findFirst());
  }

  /**
   * The fields of a form in the body.
   *
   * @throws BadRequestException if it is too long, or not encoded as it should be
   */
  public Map<String, String> form() throws IOException {
    return parameters(body());
  }

  /**
   * The text of the body.
   *
   * @throws BadRequestException if it is too long
   */
  public String body() throws IOException {
    byte[] body = origin.body().readNBytes(BODY + 1);
    if (body.length > BODY) {
      throw new BadRequestException("the body has more than " + BODY + " bytes");
    }
    return new String(body, StandardCharsets.UTF_8);
  }
}
