package io.numa.avatar.port;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class LogChunkTest {
  @Property
  void endsBehindTheBytesOfItsText(@ForAll String text) {
    assertThat(new LogChunk(7, text).end()).isEqualTo(7 + text.getBytes(UTF_8).length);
  }
}
