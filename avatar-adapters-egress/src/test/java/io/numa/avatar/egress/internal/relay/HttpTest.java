package io.numa.avatar.egress.internal.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.egress.internal.policy.Refusal;
import io.numa.avatar.egress.internal.policy.RefusedException;
import io.numa.avatar.egress.internal.wire.Hellos;
import io.numa.avatar.port.sandbox.HostAndPort;
import io.numa.avatar.task.sandbox.RefusedHost;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HttpTest {
  private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  private static final String SENT =
      "GET /x HTTP/1.1\r\nHost: a.example\r\nConnection: close\r\n\r\n";

  private final Host host = new Host();

  HttpTest() throws IOException {}

  @AfterEach
  void close() throws IOException {
    host.close();
  }

  @ParameterizedTest
  @CsvSource({
    "a.example, 80, GET /x HTTP/1.1",
    "a.example, 80, GET http://A.example:80/x HTTP/1.1",
    "127.0.0.1, 17080, GET http://a.example/x HTTP/1.1",
  })
  void sendsOneRequestToTheHostThatItNames(String to, int port, String line) throws IOException {
    try (var sandbox = Sandbox.of("a.example", 80, host.address());
        var inside = sandbox.connect(to, port)) {
      inside.send(line + "\r\nHost: a.example\r\n\r\nGET /y HTTP/1.1\r\nHost: b.example\r\n\r\n");

      try (var received = host.accept()) {
        assertThat(Host.receive(received, SENT.length())).isEqualTo(SENT);
        Host.send(received, ANSWER);
        inside.send("GET /z HTTP/1.1\r\nHost: a.example\r\n\r\n").finish();
        assertThat(Host.receiveAll(received)).isEmpty();
      }
      assertThat(inside.receiveAll()).isEqualTo(ANSWER);
      assertThat(sandbox.refused()).isEmpty();
    }
  }

  @Test
  void carriesBodiesBothWays() throws IOException {
    try (var sandbox = Sandbox.of("a.example", 8080, host.address());
        var inside = sandbox.connect("127.0.0.1", Sandbox.PROXY)) {
      inside
          .send("POST http://a.example:8080/ HTTP/1.1\r\nHost: other\r\n")
          .send("Transfer-Encoding: chunked\r\n\r\n3\r\n");
      try (var received = host.accept()) {
        inside.send("abc\r\n").send("0\r\n\r\nmore");
        String sent =
            String.join(
                "\r\n",
                "POST / HTTP/1.1",
                "Host: a.example:8080",
                "Transfer-Encoding: chunked",
                "Connection: close",
                "",
                "3\r\nabc\r\n0\r\n\r\n");
        assertThat(Host.receive(received, sent.length())).isEqualTo(sent);
        Host.send(received, ANSWER);
      }
      assertThat(inside.receiveAll()).isEqualTo(ANSWER);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "b.example, 80, GET / HTTP/1.1",
    "127.0.0.1, 17080, GET http://b.example/ HTTP/1.1",
    "127.0.0.1, 17080, CONNECT b.example:80 HTTP/1.1"
  })
  void saysWhatToAddToTheListForAHostThatIsNotAllowed(String to, int port, String line)
      throws IOException {
    try (var sandbox = Sandbox.of("a.example", 80, host.address());
        var inside = sandbox.connect(to, port)) {
      inside.send(line + "\r\nHost: a.example\r\n\r\n");

      assertThat(inside.receiveAll())
          .startsWith("HTTP/1.1 403 Forbidden\r\nContent-Type: text/plain")
          .endsWith(
              "\r\n\r\nb.example:80 is not in sandbox.allow; add \"b.example:80\" to it if tasks"
                  + " may reach it\n");
      assertThat(sandbox.refused()).containsExactly(new RefusedHost("b.example", 80, 1));
    }
  }

  @Test
  void refusesAnotherHostThanTheOneConnectedTo() throws IOException {
    try (var sandbox = Sandbox.of("a.example", 80, host.address());
        var inside = sandbox.connect("a.example", 80);
        var tunnel = sandbox.connect("127.0.0.1", Sandbox.PROXY)) {
      inside.send("GET / HTTP/1.1\r\nHost: b.example\r\n\r\n");
      tunnel.send("CONNECT a.example:80 HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\nHost: b.example\r\n\r\n");

      assertThat(inside.receiveAll())
          .startsWith("HTTP/1.1 403 ")
          .contains("b.example:80 was asked for on a connection to a.example:80");
      assertThat(tunnel.receiveAll())
          .startsWith("HTTP/1.1 200 Connection established\r\n\r\nHTTP/1.1 403 ");
      assertThat(sandbox.refused()).containsExactly(new RefusedHost("b.example", 80, 2));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\nHost: a.example\n\n",
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a.example\r\nHost: a.example\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a.example\r\nContent-Length: 1\r\nTransfer-Encoding: x\r\n\r\n",
        "CONNECT a.example:80 HTTP/1.1\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
      })
  void answersRequestsThatCannotBeReadInOneWay(String request) throws IOException {
    try (var sandbox = Sandbox.of("a.example", 80, host.address());
        var inside = sandbox.connect("a.example", 80)) {
      assertThat(inside.send(request).receiveAll()).startsWith("HTTP/1.1 400 Bad Request\r\n");
    }
  }

  @Test
  void tunnelsTlsToTheHostThatIsNamed() throws IOException {
    try (var sandbox = Sandbox.of("a.example", 443, host.address());
        var inside = sandbox.connect("127.0.0.1", Sandbox.PROXY)) {
      inside.send("CONNECT a.example:443 HTTP/1.1\r\nHost: a.example:443\r\n\r\n");
      assertThat(inside.receive(39)).isEqualTo("HTTP/1.1 200 Connection established\r\n\r\n");
      byte[] hello = Hellos.of("a.example");
      inside.send(hello);

      try (var received = host.accept()) {
        assertThat(received.getInputStream().readNBytes(hello.length)).isEqualTo(hello);
      }
    }
  }

  /** Node's fetch asked the proxy for the model gateway. */
  @Test
  void leadsClientsThatIgnoreNoProxyToWhatTheirLoopbackHasFromHere() throws IOException {
    int port = host.port();
    try (var sandbox = Sandbox.of("127.0.0.1", port, host.address());
        var asking = sandbox.connect("127.0.0.1", Sandbox.PROXY);
        var tunnelling = sandbox.connect("127.0.0.1", Sandbox.PROXY)) {
      asking.send("GET http://127.0.0.1:" + port + "/a HTTP/1.1\r\n\r\n");
      try (var received = host.accept()) {
        assertThat(received.getInputStream().readNBytes(6)).asString().isEqualTo("GET /a");
      }
      tunnelling.send("CONNECT 127.0.0.1:" + port + " HTTP/1.1\r\n\r\nfirst");
      try (var received = host.accept()) {
        assertThat(received.getInputStream().readNBytes(5)).asString().isEqualTo("first");
        assertThat(tunnelling.receive(39)).startsWith("HTTP/1.1 200 ");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET http://%s/ HTTP/1.1", "CONNECT %s HTTP/1.1"})
  void leadsToNothingElseOnLoopback(String request) throws IOException {
    for (String asked : List.of("127.0.0.1:" + host.port(), "127.0.0.1:" + Sandbox.PROXY)) {
      try (var sandbox = Sandbox.of("a.example", 443, host.address());
          var inside = sandbox.connect("127.0.0.1", Sandbox.PROXY)) {
        inside.send(request.formatted(asked) + "\r\n\r\n");

        assertThat(inside.receiveAll()).startsWith("HTTP/1.1 403 ").contains("no_proxy");
      }
    }
  }

  @Test
  void tellsThatAHostCannotBeReached() throws IOException {
    InetSocketAddress closed = host.address();
    host.close();
    var hosts = Map.of(new HostAndPort("a.example", 80), closed);
    try (var sandbox = Sandbox.of(hosts, Limits.USUAL);
        var refusing = sandbox.connect("a.example", 80)) {
      refusing.send("GET / HTTP/1.1\r\nHost: a.example\r\n\r\n");
      assertThat(refusing.receiveAll()).startsWith("HTTP/1.1 502 ").contains("refused");
    }
  }

  @Test
  void tellsThatAnAddressIsGuarded() throws IOException {
    var refusal = new Refusal(new HostAndPort("a.example", 80), "guarded");
    try (var sandbox =
            Sandbox.of(
                (name, allowed) -> {
                  throw new RefusedException(refusal);
                },
                Limits.USUAL);
        var inside = sandbox.connect("a.example", 80)) {
      inside.send("GET / HTTP/1.1\r\nHost: a.example\r\n\r\n");

      assertThat(inside.receiveAll()).startsWith("HTTP/1.1 403 ").endsWith("\r\n\r\nguarded\n");
      assertThat(sandbox.refused()).containsExactly(new RefusedHost("a.example", 80, 1));
    }
  }

  @Test
  void tellsThatAResolverOrHostIsTooSlow() throws IOException {
    var never = new CountDownLatch(1);
    var limits = new Limits(9, Duration.ofSeconds(10), Duration.ofMillis(1), Duration.ofDays(1));
    try (var sandbox =
            Sandbox.of(
                (name, allowed) -> {
                  awaitUninterruptibly(never);
                  return List.of();
                },
                limits);
        var inside = sandbox.connect("a.example", 80)) {
      inside.send("GET / HTTP/1.1\r\nHost: a.example\r\n\r\n");

      assertThat(inside.receiveAll()).startsWith("HTTP/1.1 504 ");
    } finally {
      never.countDown();
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
