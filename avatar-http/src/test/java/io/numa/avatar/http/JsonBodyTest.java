package io.numa.avatar.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.zip.GZIPInputStream;
import okhttp3.RequestBody;
import okio.Buffer;
import okio.Okio;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonBodyTest {
  private static final int CHUNK = 128 << 10;

  @ParameterizedTest
  @ValueSource(strings = {"", "line\n", "grüße \"登录\" 🚀\\", "\u0000\u001b[31mred\u001b[0m\r\n"})
  void isTheSameJsonAtItsFullLengthEveryTime(String text) throws IOException {
    JsonNode content = Json.object().put("logs", text.repeat(5000)).put("offset", 7);
    var body = new JsonBody(content);

    for (int i = 0; i < 2; i++) {
      Buffer sent = sent(body);
      assertThat(body.contentLength()).isEqualTo(sent.size());
      assertThat(new ObjectMapper().readTree(sent.inputStream())).isEqualTo(json(content));
    }
  }

  @Test
  void isTheSameJsonWhenItIsCompressed() throws IOException {
    JsonNode content = Json.object().put("logs", "grüße\n".repeat(5000));

    RequestBody zipped = new JsonBody(content).gzipped();

    var plain = new GZIPInputStream(sent(zipped).inputStream());
    assertThat(zipped.contentLength()).isLessThan(1000);
    assertThat(new ObjectMapper().readTree(plain)).isEqualTo(content);
  }

  @Test
  void putsAQuestionMarkForHalfACharacter() throws IOException {
    Buffer sent = sent(new JsonBody(Json.object().put("logs", "a\ud83db\ude80c\ud83d")));

    assertThat(sent.readUtf8()).isEqualTo("{\"logs\":\"a?b?c?\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "\u001b", "ü", "登"})
  void needsLittleMemoryBesideTheText(String character) throws IOException {
    String text = character.repeat(CHUNK);
    sent(new JsonBody(Json.object().put("logs", text)));
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    long before = threads.getThreadAllocatedBytes(thread);

    var body = new JsonBody(Json.object().put("logs", text));
    var sink = Okio.buffer(Okio.blackhole());
    body.writeTo(sink);
    sink.flush();
    body.gzipped();

    assertThat(threads.getThreadAllocatedBytes(thread) - before).isLessThan(512 << 10);
  }

  private static Buffer sent(RequestBody body) throws IOException {
    var buffer = new Buffer();
    body.writeTo(buffer);
    return buffer;
  }

  private static JsonNode json(JsonNode node) throws IOException {
    return new ObjectMapper().readTree(node.toString());
  }
}
