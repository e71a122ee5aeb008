package io.numa.avatar.backend;

import java.util.Locale;
import java.util.regex.Pattern;
import okhttp3.Headers;

/**
 * Whether the backend takes compressed requests: once it has said so in an answer, by {@code
 * Accept-Encoding} (RFC 7694), and until it says otherwise. Safe for use by several threads.
 */
final class GzipUse {
  /** Less is not worth the work. */
  private static final int LEAST_BYTES = 2048;

  private static final Pattern NO = Pattern.compile("q\\s*=\\s*0(\\.0*)?");

  private volatile boolean taken;
  private volatile boolean refused;

  /** Whether to compress a body of that length. */
  boolean pays(long length) {
    return taken && !refused && length >= LEAST_BYTES;
  }

  /** Heeds what an answer says; one that says nothing changes nothing. */
  void heed(Headers headers) {
    String codings = headers.get("Accept-Encoding");
    if (codings != null) {
      taken = takesGzip(codings);
    }
  }

  /** The backend has refused (415) what it had said to take; it is not asked again. */
  void refuse() {
    refused = true;
  }

  private static boolean takesGzip(String codings) {
    for (String coding : codings.toLowerCase(Locale.ROOT).split(",", -1)) {
      String[] parts = coding.split(";", 2);
      boolean gzip = parts[0].strip().equals("gzip");
      if (gzip) {
        return parts.length == 1 || !NO.matcher(parts[1].strip()).matches();
      }
    }
    return false;
  }
}
