package io.numa.avatar.process.sandbox.helper;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections of programs inside, with the avatar at their other end. */
class HelperRelayTest {
  private static final String NAME = "127.1.0.1";
  private static final String SLOW = "127.1.0.2";

  @TempDir static Path folder;
  private static AvatarSocket avatar;
  private static Inside inside;

  @BeforeAll
  static void start() throws Exception {
    var lab = new Lab(folder);
    avatar = new AvatarSocket(folder.resolve("avatar"));
    var options =
        List.of(
            "--socket avatar --ports 80,443,5432 --local 8081 --address 10.0.0.5 --address fd00::5 --dns yes"
                .replace("avatar", avatar.path())
                .split(" "));
    var names = List.of("--name", "a.example", "--name", "slow.example");
    inside = Inside.start(lab.outer(Caller.least(), Lists.join(options, names), lab.insideMain()));
  }

  @AfterAll
  static void stop() throws Exception {
    inside.close();
    avatar.close();
  }

  @AfterEach
  void forget() {
    avatar.forget();
  }

  @Test
  void capturesPortsOfNamesAddressesAndTheLoopback() throws Exception {
    assertThat(inside.ask("echo", NAME, "80", "5")).isEqualTo("same");
    assertThat(inside.ask("echo", NAME, "443", "5")).isEqualTo("same");
    assertThat(inside.ask("echo", SLOW, "5432", "5")).isEqualTo("same");
    assertThat(inside.ask("echo", "10.0.0.5", "5432", "5")).isEqualTo("same");
    assertThat(inside.ask("echo", "127.0.0.1", "8081", "5")).isEqualTo("same");

    assertThat(avatar.lines())
        .containsExactly(
            "tcp a.example 80",
            "tcp a.example 443",
            "tcp slow.example 5432",
            "tcp 10.0.0.5 5432",
            "tcp 127.0.0.1 8081");
  }

  @Test
  void capturesAddressesOfTheSixthVersion() throws Exception {
    assumeThat(Path.of("/proc/net/if_inet6")).exists();

    assertThat(inside.ask("echo", "fd00::5", "443", "5")).isEqualTo("same");
    assertThat(inside.ask("connect", "fd00::6", "443")).contains("unreachable");

    assertThat(avatar.lines()).containsExactly("tcp fd00::5 443");
  }

  @Test
  void nothingElseIsReached() throws Exception {
    assertThat(inside.ask("connect", "127.0.0.1", "80")).contains("Connection refused");
    assertThat(inside.ask("connect", "127.1.0.3", "80")).contains("Connection refused");
    assertThat(inside.ask("connect", "10.0.0.6", "80")).contains("unreachable");
    assertThat(inside.ask("connect", "127.0.0.1", "8082")).contains("Connection refused");
    assertThat(avatar.lines()).isEmpty();
  }

  @Test
  void bytesGoBothWaysAtOnce() throws Exception {
    assertThat(inside.ask("echo", NAME, "443", "1048576")).isEqualTo("same");
  }

  @Test
  void anAnswerMayComeAfterTheEndOfTheRequest() throws Exception {
    avatar.on(
        "10.0.0.5",
        connection -> {
          var count = 0L;
          var bytes = ByteBuffer.allocate(4096);
          for (int read = 0; read >= 0; read = connection.read(bytes.clear())) {
            count += read;
          }
          AvatarSocket.write(connection, ByteBuffer.wrap(("got " + count).getBytes(US_ASCII)));
        });

    assertThat(text(inside.ask("say", "10.0.0.5", "80", hex(new byte[5000]))))
        .isEqualTo("got 5000");
  }

  @Test
  void anAnswerIsSeenAlthoughTheAvatarHasReadNothing() throws Exception {
    avatar.on(
        "10.0.0.5",
        connection -> AvatarSocket.write(connection, ByteBuffer.wrap("no".getBytes(US_ASCII))));

    assertThat(text(inside.ask("say", "10.0.0.5", "80", hex(new byte[1 << 20])))).isEqualTo("no");
  }

  @Test
  void anAvatarThatClosesEndsTheConnection() throws Exception {
    avatar.on("10.0.0.5", SocketChannel::close);

    assertThat(inside.ask("say", "10.0.0.5", "443", "00")).isEqualTo(".");
  }

  @Test
  void threeHundredConnectionsAtOnceAreServed() throws Exception {
    assertThat(inside.ask("many", NAME, "80,443,5432", "300")).isEqualTo("300 of 300");
    assertThat(inside.ask("echo", NAME, "443", "5")).isEqualTo("same");
  }

  @Test
  void aConnectionThatStallsHoldsUpNoOther() throws Exception {
    avatar.on("slow.example", HelperRelayTest::waitForTheEnd);

    assertThat(inside.ask("stall", SLOW, "80")).isEqualTo("full");
    assertThat(inside.ask("echo", NAME, "443", "100000")).isEqualTo("same");
  }

  /** Reads nothing, and writes into a queue that stays full when the program does not read. */
  private static void waitForTheEnd(SocketChannel connection) throws IOException {
    connection.setOption(StandardSocketOptions.SO_SNDBUF, 4096);
    while (connection.isOpen()) {
      AvatarSocket.write(connection, ByteBuffer.allocate(1 << 16));
    }
  }

  @Test
  void refusedPortsAreNotedOnce() throws Exception {
    for (int i = 0; i < 3; i++) {
      assertThat(inside.ask("connect", NAME, "22")).contains("Connection refused");
      assertThat(inside.ask("datagram", SLOW, "123")).isEqualTo("sent");
      assertThat(inside.ask("connect", "10.0.0.5", "23")).contains("Connection refused");
    }

    var notes = new ArrayList<String>();
    for (int i = 0; i < 3; i++) {
      notes.add(avatar.lines().poll(10, SECONDS));
    }
    assertThat(notes)
        .containsExactlyInAnyOrder(
            "note a.example 22", "note slow.example 123", "note 10.0.0.5 23");
    assertThat(inside.ask("echo", NAME, "443", "5")).isEqualTo("same");
    assertThat(avatar.lines()).containsExactly("tcp a.example 443");
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static String text(String hex) {
    assertThat(hex).endsWith(".");
    return new String(HexFormat.of().parseHex(hex.substring(0, hex.length() - 1)), US_ASCII);
  }
}
