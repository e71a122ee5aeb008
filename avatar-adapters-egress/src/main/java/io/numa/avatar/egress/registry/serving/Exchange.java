package io.numa.avatar.egress.registry.serving;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.Header;

/**
 * A request of a sandbox that may pass.
 *
 * @param body what it sends; empty but for npm's audit
 */
record Exchange(
    String method, RegistryPath path, ClassicHttpRequest request, Optional<RequestBody> body) {
  /** What is passed on of a request. No client inside has a login that a registry would know. */
  private static final List<String> PASSED =
      List.of("Accept", "Accept-Language", "Cache-Control", "User-Agent");

  private static final List<String> OF_BODIES = List.of("Content-Type", "Content-Encoding");

  /** What asks for a part of a document, for an encoding of it, or for nothing new. */
  private static final List<String> OF_WHOLES = List.of("Accept-Encoding", "Range", "If-Range");

  private static final List<String> CONDITIONS = List.of("If-None-Match", "If-Modified-Since");

  private static final Set<String> NO_BODY = Set.of("GET", "HEAD");
  private static final Pattern PRINTABLE = Pattern.compile("[\\t -~]*");

  /** The value of a header; empty text without it. */
  String header(String name) {
    Header header = request.getFirstHeader(name);
    String value = header == null || header.getValue() == null ? "" : header.getValue();
    return PRINTABLE.matcher(value).matches() ? value : "";
  }

  /** The request for a document that passes as it is. */
  Request plain(HttpUrl url) {
    Request.Builder outside = started(url);
    copy(outside, OF_WHOLES);
    copy(outside, CONDITIONS);
    if (header("Accept-Encoding").isEmpty()) {
      // Without it, OkHttp would ask for a compressed body and take its length away.
      outside.header("Accept-Encoding", "identity");
    }
    return outside.build();
  }

  /**
   * The request for a document whose links are changed. OkHttp chooses the encoding.
   *
   * @param known whether the places that it names are known already, if it has not changed
   */
  Request whole(HttpUrl url, boolean known) {
    Request.Builder outside = started(url);
    if (known) {
      copy(outside, CONDITIONS);
    }
    return outside.build();
  }

  private Request.Builder started(HttpUrl url) {
    Request.Builder outside = new Request.Builder().url(url);
    copy(outside, PASSED);
    if (NO_BODY.contains(method)) {
      return outside.method(method, null);
    }
    copy(outside, OF_BODIES);
    return outside.method(method, body.orElseGet(() -> RequestBody.create(new byte[0], null)));
  }

  private void copy(Request.Builder outside, List<String> names) {
    for (String name : names) {
      String value = header(name);
      if (!value.isEmpty()) {
        outside.header(name, value);
      }
    }
  }
}
