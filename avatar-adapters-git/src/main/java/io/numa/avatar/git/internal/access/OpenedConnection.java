package io.numa.avatar.git.internal.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.http.HttpAnswer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import okhttp3.Headers;
import okio.AsyncTimeout;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/** The JDK's connection for one request. JGit's class opens it, but does not show it. */
final class OpenedConnection extends URLStreamHandler {
  /** In bytes. JGit cannot use the body of an error; people can use its first lines. */
  private static final int LARGEST_ERROR = 1 << 12;

  /** An empty packet, which every service of Git takes. */
  private static final byte[] EMPTY_REQUEST = "0000".getBytes(UTF_8);

  private final URL connecting;
  private Proxy way = Proxy.NO_PROXY;
  private @Nullable HttpURLConnection connection;

  /**
   * @param connecting a URL whose connections use the right certificates and logins
   */
  OpenedConnection(URL connecting) {
    this.connecting = connecting;
  }

  /** A URL whose connection becomes this one. */
  URL url() throws IOException {
    return new URL(null, connecting.toExternalForm(), this);
  }

  @Override
  protected URLConnection openConnection(URL url) throws IOException {
    return openConnection(url, Proxy.NO_PROXY);
  }

  @Override
  protected URLConnection openConnection(URL url, Proxy proxy) throws IOException {
    way = proxy;
    connection = (HttpURLConnection) connecting.openConnection(proxy);
    return connection;
  }

  /** Sends an empty request in place of this one, and returns the answered connection. */
  HttpURLConnection tryEmpty(Optional<String> authorization) throws IOException {
    HttpURLConnection wanted = opened();
    var empty = (HttpURLConnection) connecting.openConnection(way);
    empty.setInstanceFollowRedirects(false);
    empty.setRequestMethod(wanted.getRequestMethod());
    empty.setConnectTimeout(wanted.getConnectTimeout());
    empty.setReadTimeout(wanted.getReadTimeout());
    wanted
        .getRequestProperties()
        .forEach((name, values) -> empty.setRequestProperty(name, String.join(", ", values)));
    authorization.ifPresent(value -> empty.setRequestProperty("Authorization", value));
    empty.setDoOutput(true);
    empty.setFixedLengthStreamingMode(EMPTY_REQUEST.length);
    try (OutputStream out = empty.getOutputStream()) {
      out.write(EMPTY_REQUEST);
    }
    return empty;
  }

  /**
   * Breaks the connection if a write takes longer than reads may. The JDK has no timeout for
   * writes, so a server that reads nothing would hold a push for ever.
   */
  OutputStream withTimeout(OutputStream out) {
    HttpURLConnection writing = opened();
    var timeout =
        new AsyncTimeout() {
          @Override
          protected void timedOut() {
            writing.disconnect();
          }
        };
    timeout.timeout(writing.getReadTimeout(), TimeUnit.MILLISECONDS);
    return Okio.buffer(timeout.sink(Okio.sink(out))).outputStream();
  }

  /** What the server has answered; the body only if it is the text of an error. */
  HttpAnswer answer(int status) {
    HttpURLConnection from = opened();
    var headers = new Headers.Builder();
    from.getHeaderFields()
        .forEach(
            (name, values) -> {
              if (name != null) {
                values.forEach(value -> headers.addUnsafeNonAscii(name, value));
              }
            });
    return new HttpAnswer(status, headers.build(), error(from), Optional.empty());
  }

  /**
   * The beginning of an error's body. Reads once only, so that a slow server cannot prolong the
   * request.
   */
  private static String error(HttpURLConnection from) {
    InputStream body = from.getErrorStream();
    if (body == null || !"text/plain".equals(withoutParameters(from.getContentType()))) {
      return "";
    }
    var start = new byte[LARGEST_ERROR];
    try {
      int count = Math.max(0, body.read(start));
      InputStream text = new ByteArrayInputStream(start, 0, count);
      boolean zipped = "gzip".equals(from.getContentEncoding());
      try (InputStream plain = zipped ? new GZIPInputStream(text) : text) {
        return new String(plain.readNBytes(LARGEST_ERROR), UTF_8);
      }
    } catch (IOException e) {
      return ""; // the status says enough
    }
  }

  private HttpURLConnection opened() {
    if (connection == null) {
      throw new IllegalStateException("the connection is not open");
    }
    return connection;
  }

  /** A media type in lower case, without parameters such as a charset. */
  static String withoutParameters(@Nullable String type) {
    return type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }
}
