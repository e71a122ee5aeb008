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
 * @param text the body; empty unless it is whole
 * @param flaw why the body is not whole; empty if it is
 */
public record HttpAnswer(int status, Headers headers, String text, Optional<IOException> flaw) {

  /** The body was longer than its limit. */
  private static final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1;

    TooLargeException(int limit) {
      super("the answer is longer than " + limit + " bytes");
    }
  }

  /** Takes the status and as much of the body as may be read; the caller closes the response. */
  static HttpAnswer of(Response response, AnswerLimits limits) {
    int limit = response.isSuccessful() ? limits.bytes() : limits.errorBytes();
    try (ResponseBody start = response.peekBody(limit + 1L)) {
      return start.contentLength() <= limit
          ? new HttpAnswer(response.code(), response.headers(), start.string(), Optional.empty())
          : incomplete(response, new TooLargeException(limit));
    } catch (IOException e) {
      // The status has arrived, and for a write that is all that counts.
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
   * Returns this answer, if its body is whole.
   *
   * @throws IOException whose cause says why it is not
   */
  public HttpAnswer requireWhole() throws IOException {
    if (flaw.isPresent()) {
      throw new IOException(flaw.get());
    }
    return this;
  }

  /** The object or list that the body is; empty if it is anything else, or not whole. */
  public Optional<JsonNode> json() {
    return flaw.isPresent() ? Optional.empty() : Json.parse(text);
  }

  /** Whether it is a web page, which a proxy may send in the place of what was asked for. */
  public boolean page() {
    return successful() && mediaType().equals("text/html");
  }

  /** The media type without parameters, in lower case; {@code nothing} where there is none. */
  public String mediaType() {
    String type = headers.get("Content-Type");
    if (type == null) {
      return text.isEmpty() ? "nothing" : "no content type";
    }
    return type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  /**
   * Where a redirection leads, in words. Names no more than the host: what follows it may be
   * anything, a session's secret too.
   */
  public String redirection() {
    String location = headers.get("Location");
    if (location == null) {
      return "nowhere";
    }
    try {
      String host = URI.create(location).getHost();
      return host == null ? "another path of the same host" : host;
    } catch (IllegalArgumentException e) {
      return "somewhere unreadable";
    }
  }
}
