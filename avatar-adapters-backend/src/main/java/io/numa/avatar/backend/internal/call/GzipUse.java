package io.numa.avatar.backend.internal.call;

import java.util.Locale;
import java.util.regex.Pattern;
import okhttp3.Headers;

/**
 * Whether the backend accepts compressed requests. It says so in an answer, by {@code
 * Accept-Encoding} (RFC 7694), which counts until a later answer says otherwise. Safe for use by
 * several threads.
 */
final class GzipUse {
  /** The smallest body to compress; compressing a smaller one saves too little. */
  private static final int LEAST_BYTES = 2048;

  private static final Pattern NO = Pattern.compile("q\\s*=\\s*0(\\.0*)?");

  private volatile boolean taken;
  private volatile boolean refused;

  /** Whether to compress a body of that length. */
  boolean pays(long length) {
    return taken && !refused && length >= LEAST_BYTES;
  }

  /** Reads an answer's {@code Accept-Encoding}; without that header, nothing changes. */
  void heed(Headers headers) {
    String codings = headers.get("Accept-Encoding");
    if (codings != null) {
      taken = takesGzip(codings);
    }
  }

  /**
   * Records that the backend refused a compressed body (415) although it had offered to accept
   * them. Compression stays off from now on.
   */
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
