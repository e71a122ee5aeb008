package io.numa.avatar.server.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * An answer to a request.
 *
 * @param type the media type
 * @param headers further headers
 * @param length the bytes of the body, if that is known before it is written
 */
public record Answer(
    int status, String type, Map<String, String> headers, OptionalLong length, Body body) {

  public static final String HTML = "text/html; charset=utf-8";
  public static final String TEXT = "text/plain; charset=utf-8";
  public static final String JSON = "application/json";

  public Answer {
    headers = Map.copyOf(headers);
  }

  /** Writes the body of an answer. */
  public interface Body {
    void writeTo(OutputStream out) throws IOException, InterruptedException;

    /** Whether it goes on until the client leaves, so that it needs a thread of its own. */
    default boolean endless() {
      return false;
    }
  }

  /** An answer with a whole body. */
  public static Answer of(int status, String type, byte[] body) {
    return new Answer(status, type, Map.of(), OptionalLong.of(body.length), out -> out.write(body));
  }

  public static Answer of(int status, String type, String body) {
    return of(status, type, body.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends the client to another page of this server. */
  public static Answer redirect(String path) {
    return of(303, TEXT, "").with("Location", path);
  }

  /** An answer whose length is not known before. */
  public static Answer streamed(String type, Body body) {
    return new Answer(200, type, Map.of(), OptionalLong.empty(), body);
  }

  public Answer withStatus(int other) {
    return new Answer(other, type, headers, length, body);
  }

  public Answer with(String header, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Answer(status, type, more, length, body);
  }
}
