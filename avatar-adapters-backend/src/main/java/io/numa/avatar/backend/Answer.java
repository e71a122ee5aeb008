package io.numa.avatar.backend;

import java.io.IOException;
import java.util.Locale;
import okhttp3.Headers;
import okhttp3.Response;
import okhttp3.ResponseBody;

/**
 * What the backend answered.
 *
 * @param text the body; empty unless it is whole
 */
record Answer(int status, Headers headers, String text, Body body) {
  /** More is not read of a body; the largest thing in an answer is a task's plan. */
  static final int MAX_BYTES = 32 << 20;

  /** How much of the body there is. */
  enum Body {
    WHOLE,
    /** The connection ended, or the time was up, before the body did. */
    CUT,
    TOO_LARGE
  }

  /** Nor more of an answer that says that something is wrong. */
  private static final int MAX_COMPLAINT_BYTES = 64 << 10;

  /**
   * Takes the status and as much of the body as may be read, counted when it is decompressed; the
   * caller closes it.
   */
  static Answer of(Response response) {
    int limit = response.isSuccessful() ? MAX_BYTES : MAX_COMPLAINT_BYTES;
    try (ResponseBody start = response.peekBody(limit + 1L)) {
      boolean whole = start.contentLength() <= limit;
      return new Answer(
          response.code(),
          response.headers(),
          whole ? start.string() : "",
          whole ? Body.WHOLE : Body.TOO_LARGE);
    } catch (IOException e) {
      // The status has arrived, and for a write that is all that counts.
      return new Answer(response.code(), response.headers(), "", Body.CUT);
    }
  }

  boolean successful() {
    return status >= 200 && status < 300;
  }

  /** Whether it is a web page, such as a proxy puts in the place of what was asked for. */
  boolean page() {
    return successful() && mediaType().equals("text/html");
  }

  /** The media type without parameters, in lower case; {@code nothing} where there is none. */
  String mediaType() {
    String type = headers.get("Content-Type");
    if (type == null) {
      return text.isEmpty() ? "nothing" : "no content type";
    }
    return type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }
}
