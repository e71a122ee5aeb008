package io.numa.avatar.git.forge;

import java.io.IOException;
import okhttp3.Headers;
import okhttp3.Response;
import okhttp3.ResponseBody;

/** What a service answered. */
record Answer(int status, Headers headers, String text) {
  /** More is not read; a page of thirty change requests of the longest kind is a quarter of it. */
  private static final int MAX_BYTES = 16 << 20;

  /**
   * Takes status and body; the caller closes it.
   *
   * @throws IOException if the body is not whole, or too long
   */
  static Answer of(Response response) throws IOException {
    try (ResponseBody start = response.peekBody(MAX_BYTES + 1L)) {
      if (start.contentLength() > MAX_BYTES) {
        throw new IOException("the answer is longer than " + (MAX_BYTES >> 20) + " MiB");
      }
      return new Answer(response.code(), response.headers(), start.string());
    }
  }

  boolean successful() {
    return status >= 200 && status < 300;
  }
}
