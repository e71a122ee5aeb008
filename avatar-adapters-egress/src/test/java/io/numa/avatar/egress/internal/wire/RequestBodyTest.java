package io.numa.avatar.egress.internal.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestBodyTest {
  private static final String CHUNKS = "3\r\nabc\r\n0A\r\n0123456789\r\n0\r\n\r\n";
  private static final String NEXT = "GET / HTTP/1.1\r\n";

  @Test
  void passesAsManyBytesAsAreTold() throws MalformedException {
    assertThat(passed(new FixedBody(4), "abcdef", 6)).isEqualTo("abcd");
    assertThat(passed(new FixedBody(4), "abcdef", 1)).isEqualTo("abcd");
    assertThat(passed(new FixedBody(0), "abcdef", 3)).isEmpty();
  }

  @Property(tries = 100)
  void passesChunksAndNothingAfterThem(@ForAll @IntRange(min = 1, max = 60) int piece)
      throws MalformedException {
    assertThat(passed(new ChunkedBody(), CHUNKS + NEXT, piece)).isEqualTo(CHUNKS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\r\n",
        "x\r\n",
        "-1\r\n",
        " 1\r\n",
        "0x1\r\n",
        "1;a=b\r\n",
        "1 \r\n",
        "1\n",
        "123456789\r\n",
        "1\r\nab\r\n",
        "1\r\na\n",
        "0\r\nTrailer: x\r\n",
        "\u0661\r\n",
      })
  void refusesChunksThatServersReadInSeveralWays(String chunks) {
    assertThatThrownBy(() -> passed(new ChunkedBody(), chunks, 100))
        .isInstanceOf(MalformedException.class);
  }

  private static String passed(RequestBody body, String text, int piece) throws MalformedException {
    var passed = new StringBuilder();
    byte[] bytes = text.getBytes(ISO_8859_1);
    for (int at = 0; at < bytes.length; at += piece) {
      var part = ByteBuffer.wrap(bytes, at, Math.min(piece, bytes.length - at));
      passed.append(ISO_8859_1.decode(body.pass(part)));
    }
    return passed.toString();
  }
}
