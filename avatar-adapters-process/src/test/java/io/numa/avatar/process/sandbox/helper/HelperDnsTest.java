package io.numa.avatar.process.sandbox.helper;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.process.sandbox.helper.DnsMessage.Answer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names inside of a sandbox. */
class HelperDnsTest {
  private static final int FORMAT_ERROR = 1;
  private static final int NO_SUCH_NAME = 3;
  private static final int NOT_IMPLEMENTED = 4;
  private static final int REFUSED = 5;
  private static final int ID = 0x1234;
  private static final byte[] LAST = DnsMessage.query(0xffff, "last.example", DnsMessage.A);

  @TempDir static Path folder;
  private static Inside inside;

  @BeforeAll
  static void start() throws Exception {
    var lab = new Lab(folder);
    var options =
        List.of("--dns", "yes", "--name", "db.internal", "--name", "Gateway", "--ports", "80");
    inside = Inside.start(lab.outer(Caller.least(), options, lab.insideMain()));
  }

  @AfterAll
  static void stop() throws Exception {
    inside.close();
  }

  private static String udp(byte[] message) throws IOException {
    return inside.ask("ask", HexFormat.of().formatHex(message), HexFormat.of().formatHex(LAST));
  }

  /** Sends bytes over TCP, and returns what comes back until the end. */
  private static String tcp(byte[] bytes) throws IOException {
    return inside.ask("say", "127.0.0.1", "53", HexFormat.of().formatHex(bytes));
  }

  private static byte[] withSize(byte[]... messages) {
    var bytes = ByteBuffer.allocate(Arrays.stream(messages).mapToInt(m -> m.length + 2).sum());
    for (byte[] message : messages) {
      bytes.putShort((short) message.length).put(message);
    }
    return bytes.array();
  }

  private static Answer resolve(String name, int type) throws IOException {
    return DnsMessage.read(udp(DnsMessage.query(ID, name, type)));
  }

  private static Answer resolve(String name) throws IOException {
    return resolve(name, DnsMessage.A);
  }

  private static final Answer UNKNOWN = new Answer(NO_SUCH_NAME, 0, "");
  private static final Answer EMPTY = new Answer(0, 0, "");

  @Test
  void aNameKeepsItsAddress() throws IOException {
    Answer first = resolve("one.example.com");
    Answer second = resolve("two.example.com");

    assertThat(first.address()).startsWith("127.1.");
    assertThat(second.address()).startsWith("127.1.").isNotEqualTo(first.address());
    assertThat(resolve("ONE.Example.com")).isEqualTo(first);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 12, 15, 16, 28, 33, 64, 65, 255})
  void otherTypesHaveNoRecords(int type) throws IOException {
    assertThat(resolve("one.example.com", type)).isEqualTo(EMPTY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "host",
        "a.invalid",
        "a.test",
        "printer.local",
        "x.localhost",
        "a.localdomain",
        "metadata.google.internal",
        "home.arpa",
        "a.home.arpa",
        "127.0.0.1",
        "2130706433",
        "169.254.169.254",
        "1.2.3.0x7f",
        "a.0x",
        "a_b.example",
        "-a.example",
        "a-.example",
        "a b.example",
        "a\u0000.example",
        "a\u00e9.example",
        "a/b.example",
        "a%2eb.example",
        "[::1].example",
        "a:80.example",
        "*.example",
        "a\\.example"
      })
  void namesThatNoPublicServerKnowsHaveNone(String name) throws IOException {
    assertThat(resolve(name)).isEqualTo(UNKNOWN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.internal.example",
        "localhost.example",
        "xn--bcher-kva.example",
        "1.example",
        "r4---sn.example"
      })
  void namesThatOnlyLookLikeThemHaveOne(String name) throws IOException {
    assertThat(resolve(name).address()).startsWith("127.1.");
  }

  @Test
  void namesThatWereGivenHaveOneAlthoughTheyAreReserved() throws IOException {
    assertThat(resolve("db.internal").address()).isEqualTo("127.1.0.1");
    assertThat(resolve("gateway").address()).isEqualTo("127.1.0.2");
    assertThat(resolve("x.db.internal")).isEqualTo(UNKNOWN);
  }

  @Test
  void aDotInsideOfALabelIsNone() throws IOException {
    byte[] name = {11, 'a', '.', 'e', 'x', 'a', 'm', 'p', 'l', 'e', '.', 'x', 3, 'c', 'o', 'm', 0};
    assertThat(DnsMessage.read(udp(DnsMessage.query(ID, name, 1, 1)))).isEqualTo(UNKNOWN);
  }

  @Test
  void namesAreLimited() throws IOException {
    String label = "a".repeat(63);
    String longest = "%1$s.%1$s.%1$s.%2$s".formatted(label, "b".repeat(61));

    assertThat(longest).hasSize(253);
    assertThat(resolve(longest).address()).startsWith("127.1.");
    assertThat(resolve(longest + "b").code()).isEqualTo(FORMAT_ERROR);
    assertThat(resolve("a".repeat(64) + ".example").code()).isEqualTo(FORMAT_ERROR);
  }

  @Test
  void otherClassesAndOperationsAreRefused() throws IOException {
    byte[] chaos = DnsMessage.query(ID, DnsMessage.labels("one.example"), 1, 3);
    byte[] update = DnsMessage.query(ID, "one.example", 1);
    update[2] |= 5 << 3;

    assertThat(DnsMessage.read(udp(chaos)).code()).isEqualTo(REFUSED);
    assertThat(DnsMessage.read(udp(update)).code()).isEqualTo(NOT_IMPLEMENTED);
  }

  @Test
  void pointersAreNoQuestion() throws IOException {
    for (byte[] name :
        List.of(new byte[] {(byte) 0xc0, 12}, new byte[] {1, 'a', (byte) 0xc0, 12})) {
      assertThat(DnsMessage.read(udp(DnsMessage.query(ID, name, 1, 1))).code())
          .isEqualTo(FORMAT_ERROR);
    }
  }

  @Test
  void aQueryThatIsCutShortIsNone() throws IOException {
    byte[] query = DnsMessage.query(ID, "one.example", DnsMessage.A);
    for (int size = 1; size < query.length; size++) {
      String answer = udp(Arrays.copyOf(query, size));
      if (size < 12) {
        assertThat(answer).isEqualTo("none");
      } else {
        assertThat(DnsMessage.read(answer).code()).isEqualTo(FORMAT_ERROR);
      }
    }
  }

  @Test
  void answersAreNotAnswered() throws IOException {
    byte[] answer = DnsMessage.query(ID, "one.example", DnsMessage.A);
    answer[2] |= (byte) 0x80;

    assertThat(udp(answer)).isEqualTo("none");
  }

  @Test
  void queriesComeOverTcpAsWellOneAfterAnother() throws IOException {
    String address = resolve("one.example.com").address();
    byte[] query = DnsMessage.query(ID, "one.example.com", DnsMessage.A);

    String answers = tcp(withSize(query, query, query)).replace(".", "");

    String first = answers.substring(0, answers.length() / 3);
    assertThat(answers).isEqualTo(first.repeat(3));
    assertThat(DnsMessage.read(first.substring(4)).address()).isEqualTo(address);
  }

  /** After any message the server answers the next query; {@code ask} waits for that. */
  @Test
  void noMessageStopsTheServer() throws IOException {
    var random = new Random(17);
    byte[] query = DnsMessage.query(ID, "some.name.example.com", DnsMessage.A);
    for (int i = 0; i < 2000; i++) {
      byte[] message = damaged(query, random);
      message[0] = 0;
      String answer = udp(message);
      if (!answer.equals("none")) {
        assertThat(answer.length() / 2).isBetween(12, 512);
        assertThat(HexFormat.of().parseHex(answer.substring(4, 6))[0] & 0x80).isEqualTo(0x80);
      }
      if (i % 20 == 0) {
        tcp(i % 40 == 0 ? withSize(message) : message);
      }
    }
    assertThat(resolve("after.example").address()).startsWith("127.1.");
  }

  /** Changes, cuts or extends a message; some are random from the start. */
  private static byte[] damaged(byte[] query, Random random) {
    int size = random.nextInt(4) == 0 ? 1 + random.nextInt(700) : query.length;
    byte[] message = new byte[size];
    random.nextBytes(message);
    if (random.nextInt(5) > 0) {
      System.arraycopy(query, 0, message, 0, Math.min(size, query.length));
      for (int changes = random.nextInt(4); changes > 0; changes--) {
        message[random.nextInt(size)] = (byte) random.nextInt(256);
      }
    }
    return message;
  }
}
