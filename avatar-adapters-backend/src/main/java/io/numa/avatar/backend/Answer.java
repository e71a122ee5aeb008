package io.numa.avatar.backend;

import java.io.IOException;
import java.util.Locale;
import okhttp3.Headers;
import okhttp3.Response;
import okhttp3.ResponseBody;

/**
 * What the backend answered.
 *
 * @param text the body, as far as it was read
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

  /** Takes the status and at most {@link #MAX_BYTES} of the body; the caller closes it. */
  static Answer of(Response response) {
    try (ResponseBody start = response.peekBody(MAX_BYTES + 1L)) {
      Body body = start.contentLength() > MAX_BYTES ? Body.TOO_LARGE : Body.WHOLE;
      return new Answer(response.code(), response.headers(), start.string(), body);
    } catch (IOException e) {
      // The status has arrived, and for a write that is all that counts.
      return new Answer(response.code(), response.headers(), "", Body.CUT);
    }
  }

  boolean successful() {
    return status >= 200 && status < 300;
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
