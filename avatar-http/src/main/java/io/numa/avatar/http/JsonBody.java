package io.numa.avatar.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;

/**
 * A JSON body that is written while it is sent, so that a large text is not copied in memory. The
 * body is first written without output to count its length, as some backends refuse a body of
 * unknown length.
 */
public final class JsonBody extends RequestBody {
  private static final MediaType JSON = MediaType.get("application/json");

  private final JsonNode content;
  private final long length;

  public JsonBody(JsonNode content) {
    this.content = content;
    this.length = length(content);
  }

  @Override
  public MediaType contentType() {
    return JSON;
  }

  @Override
  public long contentLength() {
    return length;
  }

  @Override
  public void writeTo(BufferedSink sink) throws IOException {
    write(content, sink.outputStream());
  }

  /** This body, compressed with gzip. */
  public RequestBody gzipped() {
    var zipped = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(zipped)) {
      write(content, out);
    } catch (IOException e) {
      throw new UncheckedIOException("memory can be written", e);
    }
    return RequestBody.create(zipped.toByteArray(), JSON);
  }

  private static void write(JsonNode content, OutputStream out) throws IOException {
    // A writer turns half a surrogate pair into a question mark, without an exception. The buffer
    // is needed because each escaped character is written separately.
    var writer = new BufferedWriter(new OutputStreamWriter(out, UTF_8));
    Json.write(content, writer);
    writer.flush();
  }

  private static long length(JsonNode content) {
    var counter = new DataOutputStream(OutputStream.nullOutputStream());
    try {
      write(content, counter);
    } catch (IOException e) {
      throw new UncheckedIOException("counting cannot fail", e);
    }
    return counter.size();
  }
}
