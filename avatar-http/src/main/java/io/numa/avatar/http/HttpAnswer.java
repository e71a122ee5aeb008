package io.numa.avatar.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import okhttp3.Headers;
import okhttp3.Response;
import okhttp3.ResponseBody;

/**
 * What a server answered.
 *
 * @param text the body; empty unless it is complete
 * @param flaw why the body is incomplete; empty if it is complete
 */
public record HttpAnswer(int status, Headers headers, String text, Optional<IOException> flaw) {

  /** The body was longer than its limit. */
  private static final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1;

    TooLargeException(int limit) {
      super("the answer is longer than " + limit + " bytes");
    }
  }

  /** Reads the status and the body up to its limit. The caller closes the response. */
  static HttpAnswer of(Response response, AnswerLimits limits) {
    int limit = response.isSuccessful() ? limits.bytes() : limits.errorBytes();
    try (ResponseBody start = response.peekBody(limit + 1L)) {
      return start.contentLength() <= limit
          ? new HttpAnswer(response.code(), response.headers(), start.string(), Optional.empty())
          : incomplete(response, new TooLargeException(limit));
    } catch (IOException e) {
      // The status has arrived; a caller that writes needs no more.
      return incomplete(response, e);
    }
  }

  private static HttpAnswer incomplete(Response response, IOException flaw) {
    return new HttpAnswer(response.code(), response.headers(), "", Optional.of(flaw));
  }

  public boolean successful() {
    return status >= 200 && status < 300;
  }

  /** Whether the body was longer than its limit. */
  public boolean tooLarge() {
    return flaw.filter(TooLargeException.class::isInstance).isPresent();
  }

  /**
   * Returns this answer if its body is complete.
   *
   * @throws IOException if the body is incomplete; the cause says why
   */
  public HttpAnswer requireWhole() throws IOException {
    if (flaw.isPresent()) {
      throw new IOException(flaw.get());
    }
    return this;
  }

  /** The body as a JSON object or list; empty if it is anything else, or incomplete. */
  public Optional<JsonNode> json() {
    return flaw.isPresent() ? Optional.empty() : Json.parse(text);
  }

  /** Whether the body is a web page. A proxy may send one in place of the server's answer. */
  public boolean page() {
    return mediaType().equals("text/html") && json().isEmpty();
  }

  /** The media type without parameters, in lower case; without one, words for messages. */
  public String mediaType() {
    String type = headers.get("Content-Type");
    if (type == null) {
      return text.isEmpty() ? "nothing" : "no content type";
    }
    return type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  /**
   * The target of a redirection, in words. Names the host and port only, as the rest of the URL may
   * hold a secret, such as a session's.
   */
  public String redirection() {
    String location = headers.get("Location");
    if (location == null) {
      return "nowhere";
    }
    try {
      URI to = URI.create(location);
      if (to.getHost() == null) {
        return "another path of the same host";
      }
      return to.getHost() + (to.getPort() < 0 ? "" : ":" + to.getPort());
    } catch (IllegalArgumentException e) {
      return "somewhere unreadable";
    }
  }
}
