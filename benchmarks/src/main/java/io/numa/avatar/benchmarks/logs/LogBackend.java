package io.numa.avatar.benchmarks.logs;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.zip.GZIPInputStream;

/**
 * A backend in a process of its own that reads logs and keeps none of their text. It answers 409 to
 * a batch that does not begin where the last one ended. It prints its port, and ends with its
 * standard input.
 */
final class LogBackend {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
          .build();

  private final boolean gzip;
  private long end;

  private LogBackend(boolean gzip) {
    this.gzip = gzip;
  }

  /** Takes the word {@code gzip} if it is to accept compressed requests. */
  public static void main(String[] arguments) throws IOException {
    var backend = new LogBackend(arguments[0].equals("gzip"));
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", backend::answer);
    server.start();
    System.out.println(server.getAddress().getPort());
    while (System.in.read() >= 0) {
      // The benchmark writes nothing.
    }
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      boolean log = exchange.getRequestURI().getPath().endsWith("/logs");
      boolean fits = !log || take(exchange);
      if (gzip) {
        exchange.getResponseHeaders().set("Accept-Encoding", "gzip");
      }
      byte[] body = "{\"success\":true}".getBytes(UTF_8);
      exchange.sendResponseHeaders(fits ? 200 : 409, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private boolean take(HttpExchange exchange) throws IOException {
    boolean zipped = exchange.getRequestHeaders().containsKey("Content-Encoding");
    InputStream body = exchange.getRequestBody();
    var length = new Length();
    long offset = -1;
    try (JsonParser json = JSON.createParser(zipped ? new GZIPInputStream(body, 8192) : body)) {
      while (json.nextToken() != null) {
        boolean member = json.currentToken() == JsonToken.FIELD_NAME;
        if (member && json.currentName().equals("logs")) {
          json.nextToken();
          json.getText(length);
        } else if (member && json.currentName().equals("offset")) {
          offset = json.nextLongValue(-1);
        }
      }
    }
    boolean fits = offset == end;
    end += fits ? length.bytes : 0;
    return fits;
  }

  /** Counts the bytes of a text in UTF-8. */
  private static final class Length extends Writer {
    private long bytes;

    @Override
    public void write(char[] text, int offset, int count) {
      for (int i = offset; i < offset + count; i++) {
        boolean surrogate = Character.isSurrogate(text[i]);
        bytes += text[i] < 0x80 ? 1 : text[i] < 0x800 || surrogate ? 2 : 3;
      }
    }

    @Override
    public void flush() {
      // There is no buffer.
    }

    @Override
    public void close() {
      // There is nothing to close.
    }
  }
}
