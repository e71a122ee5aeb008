package io.numa.avatar.egress.internal.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpeningReaderTest {
  private static final byte[] HELLO = Hellos.of("a.example");

  @Test
  void readsTheNameThatAClientAsksFor() throws MalformedException {
    assertThat(read(HELLO)).contains(hello("a.example"));
    assertThat(read(Hellos.of(""))).contains(new Opening.Hello(Optional.empty()));
  }

  @Property(tries = 60)
  void readsHellosInAnyNumberOfRecordsAndPieces(
      @ForAll @IntRange(min = 1, max = 300) int record,
      @ForAll @IntRange(min = 1, max = 400) int piece)
      throws MalformedException {
    byte[] bytes = Hellos.inRecords(HELLO, record);
    var reader = new OpeningReader();
    Optional<Opening> opening = Optional.empty();
    int at = 0;
    while (opening.isEmpty()) {
      int length = Math.min(piece, bytes.length - at);
      opening = reader.read(ByteBuffer.wrap(bytes, at, length));
      at += length;
    }

    assertThat(opening).contains(hello("a.example"));
    assertThat(reader.received()).isEqualTo(ByteBuffer.wrap(bytes, 0, at));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 6, 9, 40, 100})
  void waitsForTheRest(int length) throws MalformedException {
    assertThat(read(java.util.Arrays.copyOf(HELLO, length))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\n",
        "SSH-2.0-x\r\n",
        "\u0000\u0000\u0000\u0008\u0004\u00d2\u0016/",
        "\u0016\n\u0001a\u0000b",
      })
  void tellsOtherProtocols(String bytes) throws MalformedException {
    assertThat(read(bytes.getBytes(ISO_8859_1))).contains(new Opening.Other());
  }

  @Test
  void refusesHellosThatHideTheName() {
    for (int type : List.of(0xfe0d, 0xfe08, 0xffce)) {
      byte[] hidden = Hellos.withExtensions(HELLO, extension(type, new byte[] {1, 2, 3}));

      assertThatThrownBy(() -> read(hidden)).hasMessageContaining("encrypted");
    }
  }

  @Test
  void refusesSecondNames() {
    byte[] name = {0, 12, 0, 0, 9, 'b', '.', 'e', 'x', 'a', 'm', 'p', 'l', 'e'};
    byte[] two = {0, 8, 0, 0, 1, 'a', 0, 0, 1, 'b'};

    assertThatThrownBy(() -> read(Hellos.withExtensions(HELLO, extension(0, name))))
        .hasMessageContaining("twice");
    assertThatThrownBy(() -> read(Hellos.withExtensions(Hellos.of(""), extension(0, two))))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void refusesUnknownVersionsEmptyRecordsAndLongHellos() {
    byte[] version = HELLO.clone();
    version[1] = 4;
    byte[] empty = new byte[HELLO.length + 5];
    System.arraycopy(new byte[] {22, 3, 1, 0, 0}, 0, empty, 0, 5);
    System.arraycopy(HELLO, 0, empty, 5, HELLO.length);
    byte[] lengthy = HELLO.clone();
    lengthy[6] = 1;
    byte[] tiny = Hellos.inRecords(Hellos.withExtensions(HELLO, extension(21, new byte[9000])), 1);

    for (byte[] bytes : List.of(version, empty, lengthy, tiny)) {
      assertThatThrownBy(() -> read(bytes)).isInstanceOf(MalformedException.class);
    }
  }

  /** A server of the JDK must see the same name, in every hello that both accept. */
  @Property(tries = 200)
  void agreesWithAServerAboutDamagedHellos(@ForAll int seed) {
    var random = new Random(seed);
    byte[] bytes = Hellos.of("a.example");
    for (int i = random.nextInt(3); i >= 0; i--) {
      bytes[damaged(random, bytes.length)] = (byte) random.nextInt(256);
    }
    if (random.nextBoolean()) {
      bytes = Hellos.inRecords(bytes, 1 + random.nextInt(200));
    }
    Optional<Opening> opening;
    try {
      opening = read(bytes);
    } catch (MalformedException e) {
      return;
    }
    Optional<String> seen = Hellos.seenByServer(bytes);
    if (seen.isPresent()) {
      assertThat(opening).contains(new Opening.Hello(seen));
    }
  }

  /** Half of the time in the headers, whose few bytes matter most. */
  private static int damaged(Random random, int length) {
    return random.nextBoolean() ? random.nextInt(length) : 40 + random.nextInt(120);
  }

  private static byte[] extension(int type, byte[] value) {
    var bytes = new ByteArrayOutputStream();
    for (int part : new int[] {type, value.length}) {
      bytes.write(part >> 8);
      bytes.write(part);
    }
    bytes.writeBytes(value);
    return bytes.toByteArray();
  }

  private static Opening.Hello hello(String name) {
    return new Opening.Hello(Optional.of(name));
  }

  private static Optional<Opening> read(byte[] bytes) throws MalformedException {
    return new OpeningReader().read(ByteBuffer.wrap(bytes));
  }
}
