package io.numa.avatar.egress.internal.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numa.avatar.egress.internal.wire.Hellos;
import io.numa.avatar.port.sandbox.HostAndPort;
import io.numa.avatar.task.sandbox.RefusedHost;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RelayTest {
  private static final int LARGE = 20 << 20;

  private final Host host = new Host();

  RelayTest() throws IOException {}

  @AfterEach
  void close() throws IOException {
    host.close();
  }

  @Test
  void letsTheServerSpeakFirstAndKeepsHalfClosedConnections() throws IOException {
    try (var sandbox = Sandbox.of("db.example", 5432, host.address());
        var inside = sandbox.connect("db.example", 5432);
        var received = host.accept()) {
      Host.send(received, "hello");
      assertThat(inside.receive(5)).isEqualTo("hello");
      inside.send("abc").finish();
      assertThat(Host.receiveAll(received)).isEqualTo("abc");
      Host.send(received, "bye");
      received.shutdownOutput();

      assertThat(inside.receiveAll()).isEqualTo("bye");
    }
  }

  /** As ::1 is where the machine has no IPv6. */
  @Test
  void passesOverAddressesOfAKindThatTheMachineDoesNotHave() throws IOException {
    SocketAddress odd = new SocketAddress() {};
    try (var sandbox = Sandbox.of((asked, allowed) -> List.of(odd, host.address()), Limits.USUAL);
        var inside =
            sandbox
                .connect("127.0.0.1", Sandbox.PROXY)
                .send("GET http://a.example/ HTTP/1.1\r\n\r\n");
        var received = host.accept()) {
      Host.send(received, "hello");

      assertThat(inside.receive(5)).isEqualTo("hello");
    }
  }

  @Test
  void connectsTlsToTheNameThatIsAllowedAlone() throws IOException {
    byte[] hello = Hellos.inRecords(Hellos.of("a.example"), 50);
    try (var sandbox = Sandbox.of("a.example", 443, host.address());
        var allowed = sandbox.connect("a.example", 443).send(hello);
        var received = host.accept()) {
      assertThat(received.getInputStream().readNBytes(hello.length)).isEqualTo(hello);

      for (byte[] other :
          new byte[][] {Hellos.of("b.example"), Hellos.of(""), {22, 2, 0, 0, 0, 9, 9}}) {
        try (var refused = sandbox.connect("a.example", 443).send(other);
            var silent = host.accept()) {
          assertThat(refused.receiveAll()).isEmpty();
          assertThat(Host.receiveAll(silent)).isEmpty();
        }
      }
      assertThat(sandbox.refused())
          .containsExactly(
              new RefusedHost("b.example", 443, 1), new RefusedHost("a.example", 443, 2));
    }
  }

  @Test
  void checksTlsAtOtherPortsToo() throws IOException {
    try (var sandbox = Sandbox.of("a.example", 8443, host.address());
        var inside = sandbox.connect("a.example", 8443).send(Hellos.of("b.example"));
        var received = host.accept()) {
      assertThat(inside.receiveAll()).isEmpty();
      assertThat(Host.receiveAll(received)).isEmpty();
    }
  }

  @Test
  void closesAndCountsWhatIsNotAllowed() throws IOException {
    try (var sandbox = Sandbox.of("a.example", 443, host.address());
        var inside = sandbox.connect("b.example", 443);
        var note = Inside.connect(sandbox.socket(), "note b.example 22");
        var malformed = Inside.connect(sandbox.socket(), "tcp b.example");
        var lengthy = Inside.connect(sandbox.socket(), "x".repeat(400))) {
      assertThat(inside.receiveAll()).isEmpty();
      assertThat(note.receiveAll()).isEmpty();
      assertThat(malformed.receiveAll()).isEmpty();
      assertThat(lengthy.receiveAll()).isEmpty();
      assertThat(sandbox.refused())
          .containsExactlyInAnyOrder(
              new RefusedHost("b.example", 443, 1), new RefusedHost("b.example", 22, 1));
    }
  }

  @Test
  void reachesPortsOfLoopbackThatAreServicesOrAllowed() throws IOException {
    var allowed = new HostAndPort("localhost", host.port());
    for (var sandbox :
        new Sandbox[] {
          Sandbox.local(Set.of(), Set.of(host.port())), Sandbox.local(Set.of(allowed), Set.of())
        }) {
      try (sandbox;
          var inside = sandbox.connect("127.0.0.1", host.port());
          var received = host.accept()) {
        Host.send(received, "hello");
        assertThat(inside.receive(5)).isEqualTo("hello");
      }
    }
    try (var sandbox = Sandbox.local(Set.of(), Set.of());
        var refused = sandbox.connect("127.0.0.1", host.port())) {
      assertThat(refused.receiveAll()).isEmpty();
      assertThat(sandbox.refused()).isEmpty(); // It is the sandbox's own.
    }
  }

  @Test
  void reachesServersOfTheAvatarAtUnixSockets() throws IOException {
    try (var sandbox = Sandbox.of("a.example", 443, host.address());
        var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        var inside = sandbox.connect("127.0.0.1", Sandbox.SERVER)) {
      assertThat(inside.receiveAll()).isEmpty();
      server.bind(UnixDomainSocketAddress.of(sandbox.server()));
      try (var again = sandbox.connect("127.0.0.1", Sandbox.SERVER).send("abc");
          var received = server.accept()) {
        var bytes = ByteBuffer.allocate(3);
        received.read(bytes);
        received.write(bytes.flip());
        assertThat(again.receive(3)).isEqualTo("abc");
      }
    }
  }

  @Test
  void readsNoFasterThanTheOtherSideTakes() throws Exception {
    byte[] large = new byte[LARGE];
    new Random(1).nextBytes(large);
    try (var sandbox = Sandbox.of("db.example", 5432, host.address());
        var inside = sandbox.connect("db.example", 5432);
        var received = host.accept()) {
      var written = new AtomicInteger();
      Thread down = start(() -> write(received, large, written));
      Thread up = start(() -> inside.send(large));
      waitUntilStill(written);
      assertThat(written.get()).isLessThan(LARGE / 2);

      Thread taken =
          start(() -> assertThat(received.getInputStream().readNBytes(LARGE)).isEqualTo(large));
      assertThat(inside.receive(LARGE))
          .isEqualTo(new String(large, java.nio.charset.StandardCharsets.ISO_8859_1));
      for (Thread thread : new Thread[] {down, up, taken}) {
        thread.join();
      }
    }
  }

  @Test
  void servesHundredsOfConnectionsAndLetsMoreWait() throws IOException {
    var waiting = new ArrayList<Inside>();
    try (var sandbox = Sandbox.of("db.example", 5432, host.address())) {
      for (int i = 0; i < 300; i++) {
        waiting.add(sandbox.connect("db.example", 5432).send("%03d".formatted(i)));
      }
      for (int i = 0; i < 300; i++) {
        try (var received = host.accept()) {
          String number = Host.receive(received, 3);
          Host.send(received, number);
          received.shutdownOutput();
          try (Inside answered = waiting.get(Integer.parseInt(number))) {
            assertThat(answered.receiveAll()).isEqualTo(number);
          }
        }
      }
    }
  }

  @Test
  void takesNoMoreThanItsConnectionsAtATime() throws IOException {
    var limits = new Limits(2, Duration.ofSeconds(9), Duration.ofSeconds(9), Duration.ofDays(1));
    try (var sandbox =
            Sandbox.of(Map.of(new HostAndPort("db.example", 5432), host.address()), limits);
        var first = sandbox.connect("db.example", 5432);
        var one = host.accept();
        var second = sandbox.connect("db.example", 5432);
        var two = host.accept();
        var third = sandbox.connect("db.example", 5432)) {
      host.acceptWithin(100);
      assertThatThrownBy(host::accept).isInstanceOf(SocketTimeoutException.class);
      first.close();
      one.close();

      host.acceptWithin(5000);
      host.accept().close();
      assertThat(third.receiveAll()).isEmpty();
    }
  }

  @Test
  void endsConnectionsThatAreSilentForTooLong() throws IOException {
    var limits = new Limits(9, Duration.ofMillis(1), Duration.ofSeconds(9), Duration.ofMillis(1));
    try (var sandbox =
            Sandbox.of(Map.of(new HostAndPort("db.example", 5432), host.address()), limits);
        var silent = Inside.connect(sandbox.socket(), "tcp db.example 5432");
        var received = host.accept();
        var unfinished = Inside.open(sandbox.socket()).send("tcp db.ex");
        var preconnected = sandbox.connect("127.0.0.1", Sandbox.PROXY)) {
      assertThat(silent.receiveAll()).isEmpty();
      assertThat(Host.receiveAll(received)).isEmpty();
      assertThat(unfinished.receiveAll()).isEmpty();
      assertThat(preconnected.receiveAll()).isEmpty();
    }
  }

  @Test
  void closesTheClientWhenItsHostBreaksOff() throws IOException {
    try (var sandbox = Sandbox.of("db.example", 5432, host.address());
        var inside = sandbox.connect("db.example", 5432)) {
      try (var received = host.accept()) {
        received.setSoLinger(true, 0);
      }
      assertThat(inside.receiveAll()).isEmpty();
    }
  }

  @Test
  void endsAllConnectionsWithTheSandbox() throws IOException {
    Inside relayed;
    Inside unfinished;
    Socket received;
    try (var sandbox = Sandbox.of("db.example", 5432, host.address())) {
      unfinished = Inside.open(sandbox.socket());
      relayed = sandbox.connect("db.example", 5432);
      received = host.accept();
    }
    try (relayed;
        unfinished;
        received) {
      assertThat(relayed.receiveAll()).isEmpty();
      assertThat(unfinished.receiveAll()).isEmpty();
      assertThat(Host.receiveAll(received)).isEmpty();
    }
  }

  /** One that waits without sleeping uses the whole time. */
  @Test
  void usesNoTimeWhileNothingHappens() throws Exception {
    try (var sandbox = Sandbox.of("db.example", 5432, host.address());
        var idle = sandbox.connect("db.example", 5432);
        var idleHost = host.accept();
        var halfClosed = sandbox.connect("db.example", 5432).finish();
        var halfClosedHost = host.accept();
        var stuck = sandbox.connect("db.example", 5432);
        var stuckHost = host.accept()) {
      assertThat(Host.receiveAll(halfClosedHost)).isEmpty();
      var written = new AtomicInteger();
      start(() -> write(stuckHost, new byte[LARGE], written));
      waitUntilStill(written);

      var threads = ManagementFactory.getThreadMXBean();
      long reactor =
          Thread.getAllStackTraces().keySet().stream()
              .filter(thread -> thread.getName().equals("avatar-egress"))
              .mapToLong(Thread::getId)
              .findFirst()
              .orElseThrow();
      long before = threads.getThreadCpuTime(reactor);
      assertThatThrownBy(() -> receiveWithin(idleHost, 300))
          .isInstanceOf(SocketTimeoutException.class);
      assertThat(Duration.ofNanos(threads.getThreadCpuTime(reactor) - before))
          .isLessThan(Duration.ofMillis(50));
      assertThat(idle).isNotSameAs(stuck).isNotSameAs(halfClosed);
    }
  }

  private static void receiveWithin(Socket socket, int millis) throws IOException {
    socket.setSoTimeout(millis);
    Host.receive(socket, 1);
  }

  /** Waits until a writer has got stuck. */
  private void waitUntilStill(AtomicInteger written) throws IOException {
    int before = 0;
    for (int still = 0; still < 4; still++) {
      host.acceptWithin(100);
      assertThatThrownBy(host::accept).isInstanceOf(SocketTimeoutException.class);
      if (before == 0 || before != written.get()) {
        before = written.get();
        still = 0;
      }
    }
  }

  private static void write(Socket socket, byte[] bytes, AtomicInteger written) throws IOException {
    for (int at = 0; at < bytes.length; at += 4096) {
      socket.getOutputStream().write(bytes, at, 4096);
      written.addAndGet(4096);
    }
  }

  /** Work that ends with its sockets. */
  private interface Work {
    void run() throws IOException;
  }

  private static Thread start(Work work) {
    var thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                Thread.currentThread().interrupt(); // the test has closed the socket
              }
            });
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
