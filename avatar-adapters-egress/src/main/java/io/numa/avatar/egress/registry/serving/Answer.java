package io.numa.avatar.egress.registry.serving;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;
import java.util.Set;
import okhttp3.Response;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/** Writes answers to a sandbox: what a registry answered, without what is only for the avatar. */
final class Answer {
  /** Cookies, demands for logins and redirections are for the avatar alone. */
  private static final Set<String> PASSED =
      Set.of(
          "accept-ranges",
          "age",
          "cache-control",
          "content-disposition",
          "content-encoding",
          "content-range",
          "content-type",
          "date",
          "etag",
          "expires",
          "last-modified",
          "npm-notice",
          "retry-after",
          "vary",
          "x-pypi-last-serial");

  private static final String CHECKSUMS = "x-checksum-";

  private Answer() {}

  /** A sentence of the avatar's own. */
  static void sentence(ClassicHttpResponse answer, int status, String sentence) {
    answer.setCode(status);
    answer.setEntity(
        new ByteArrayEntity(
            ("numa avatar: " + sentence + "\n").getBytes(UTF_8),
            ContentType.create("text/plain", UTF_8)));
  }

  /** The status and headers of a registry's answer. */
  static void head(ClassicHttpResponse answer, Response response) {
    answer.setCode(response.code());
    for (String name : response.headers().names()) {
      String lower = name.toLowerCase(Locale.ROOT);
      String value = response.header(name, "");
      if ((PASSED.contains(lower) || lower.startsWith(CHECKSUMS)) && value != null) {
        answer.setHeader(name, value);
      }
    }
  }
}
