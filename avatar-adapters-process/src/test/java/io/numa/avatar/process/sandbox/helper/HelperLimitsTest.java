package io.numa.avatar.process.sandbox.helper;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.process.sandbox.helper.DnsMessage.Answer;
import io.numa.avatar.time.Waiter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What programs inside, or an avatar that does not answer, cannot bring about. */
class HelperLimitsTest {
  private static final String NAME = "127.1.0.1";

  @TempDir Path folder;
  private Path socket;
  private Inside inside;

  @BeforeEach
  void start() throws Exception {
    var lab = new Lab(folder);
    socket = folder.resolve("avatar");
    var options =
        List.of(
            "--socket "
                + socket
                + " --ports 80,443,8000 --name a.example --name b.example --dns yes");
    inside =
        Inside.start(
            lab.outer(Caller.least(), List.of(options.get(0).split(" ")), lab.insideMain()));
  }

  @AfterEach
  void stop() throws Exception {
    inside.close();
  }

  @Test
  void thousandsOfRefusedConnectionsStopNothingAndAreAHundredNotes() throws Exception {
    try (var avatar = new AvatarSocket(socket)) {
      assertThat(inside.ask("knock", NAME, "1000", "5000")).isEqualTo("5000 refused");
      assertThat(inside.ask("echo", NAME, "443", "1000")).isEqualTo("same");

      assertThat(avatar.lines().stream().filter(line -> line.startsWith("note")))
          .hasSizeBetween(1, 100)
          .doesNotHaveDuplicates();
    }
  }

  /** 1024 names in all, two of which were given. */
  @Test
  void thereAreOnlySoManyNames() throws Exception {
    for (int i = 0; i < 1022; i++) {
      assertThat(resolve("n" + i + ".example").answers()).as("name %s", i).isOne();
    }

    assertThat(resolve("more.example")).isEqualTo(new Answer(2, 0, ""));
    assertThat(resolve("n77.example").answers()).isOne();
    try (var avatar = new AvatarSocket(socket)) {
      assertThat(inside.ask("echo", resolve("n1021.example").address(), "80", "9"))
          .isEqualTo("same");
      assertThat(avatar.lines()).containsExactly("tcp n1021.example 80");
    }
  }

  private Answer resolve(String name) throws IOException {
    byte[] query = DnsMessage.query(1, name, DnsMessage.A);
    byte[] last = DnsMessage.query(2, "a.example", DnsMessage.A);
    var hex = HexFormat.of();
    return DnsMessage.read(inside.ask("ask", hex.formatHex(query), hex.formatHex(last)));
  }

  @Test
  void withoutAnAvatarConnectionsFailAtOnce() throws Exception {
    assertThat(inside.ask("say", NAME, "80", "00")).contains("reset");
    Files.createFile(socket);
    assertThat(inside.ask("say", NAME, "80", "00")).contains("reset");
  }

  @Test
  void connectionsWaitForAnAvatarThatIsBusy() throws Exception {
    var threads = Executors.newFixedThreadPool(16);
    try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket), 1);
      Lab.open(socket);
      var answer = threads.submit(() -> inside.ask("many", NAME, "80", "10"));
      new Waiter().pause(Duration.ofMillis(200));
      for (int i = 0; i < 10; i++) {
        SocketChannel connection = server.accept();
        threads.execute(() -> echo(connection));
      }
      assertThat(answer.get()).isEqualTo("10 of 10");
    } finally {
      threads.shutdownNow();
    }
  }

  private static void echo(SocketChannel connection) {
    try (connection) {
      AvatarSocket.firstLine(connection);
      AvatarSocket.echo(connection);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Otherwise there would be no place for the last ones. */
  @Test
  void aConnectionThatTheAvatarHasClosedKeepsItsPlaceForAWhileOnly() throws Exception {
    try (var avatar = new AvatarSocket(socket)) {
      avatar.on("b.example", SocketChannel::close);
      for (int i = 0; i < 300; i++) {
        assertThat(inside.ask("keep", "127.1.0.2", "80")).isEqualTo("open");
      }

      for (int i = 0; i < 300; i++) {
        assertThat(avatar.lines().poll(10, SECONDS)).as("connection %s", i).isNotNull();
      }
    }
  }

  /**
   * Each way in which a connection can stand still: the program does not read; the program has
   * ended its side, and the avatar keeps its own; the avatar has closed, and the program has not;
   * the helper has no place for the connection.
   */
  @Test
  void nothingIsDoneForConnectionsThatStandStill() throws Exception {
    var open = new ArrayList<SocketChannel>();
    try (var avatar = new AvatarSocket(socket)) {
      avatar.on("a.example", connection -> hold(connection, open));
      avatar.on("b.example", SocketChannel::close);
      assertThat(inside.ask("stall", NAME, "80")).isEqualTo("full");
      assertThat(inside.ask("end", NAME, "443")).isEqualTo("ended");
      assertThat(inside.ask("keep", "127.1.0.2", "80")).isEqualTo("open");
      for (int i = 0; i < 300; i++) {
        assertThat(inside.ask("keep", NAME, "8000")).isEqualTo("open");
      }
      for (int i = 0; i < 256; i++) {
        assertThat(avatar.lines().poll(10, SECONDS)).startsWith("tcp ");
      }
      Duration before = inside.cpuTime();

      new Waiter().pause(Duration.ofMillis(500));

      assertThat(inside.cpuTime().minus(before)).isLessThan(Duration.ofMillis(100));
    }
  }

  private static void hold(SocketChannel connection, List<SocketChannel> open) {
    synchronized (open) {
      open.add(connection);
    }
    try {
      new Waiter().pause(Duration.ofSeconds(20));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
