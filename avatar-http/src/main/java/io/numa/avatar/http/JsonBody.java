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
 * JSON that is written as it is sent, so that there is never a second copy of a large text. Its
 * length is found by writing it to nowhere first: not every backend takes a body of unknown length.
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

  /** The same, compressed. */
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
    // By way of a writer: half a surrogate pair becomes a question mark, not an exception.
    // Buffered, for every escaped character comes alone.
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
