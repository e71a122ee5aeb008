package io.numa.avatar.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.UnixOperatingSystemMXBean;
import io.numa.avatar.egress.internal.relay.Host;
import io.numa.avatar.egress.internal.relay.Inside;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.sandbox.EgressRequest;
import io.numa.avatar.port.sandbox.EgressWay;
import io.numa.avatar.port.sandbox.HostAndPort;
import io.numa.avatar.task.sandbox.RefusedHost;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SocketEgressTest {
  private final AtomicInteger lookups = new AtomicInteger();
  private final LocalServers servers = new OneServer();
  private final Host host = new Host();
  private @TempDir Path folder;
  private SocketEgress egress;

  SocketEgressTest() throws IOException {}

  @BeforeEach
  void prepare() {
    egress = new SocketEgress(folder, servers, this::lookup);
  }

  /** Answers with another address from the second time on, as in DNS rebinding. */
  private List<InetAddress> lookup(String name) throws UnknownHostException {
    return List.of(
        InetAddress.getByName(lookups.getAndIncrement() == 0 ? "127.0.0.1" : "127.0.0.2"));
  }

  @AfterEach
  void close() throws IOException {
    egress.close();
    host.close();
  }

  @Test
  void connectsToTheAddressThatItHasChecked() throws IOException {
    var name = new HostAndPort("db.example", host.port());
    var address = new HostAndPort("127.0.0.1", host.port());
    try (EgressWay way = open(name, address);
        var inside = Inside.connect(way.socket(), "tcp db.example " + host.port());
        var received = host.accept()) {
      Host.send(received, "hello");

      assertThat(inside.receive(5)).isEqualTo("hello");
      assertThat(lookups).hasValue(1);
    }
  }

  @Test
  void connectsToNoGuardedAddressByItsNameAlone() throws IOException {
    try (EgressWay way = open(new HostAndPort("db.example", host.port()));
        var inside = Inside.connect(way.socket(), "tcp db.example " + host.port())) {
      assertThat(inside.receiveAll()).isEmpty();
      assertThat(way.refused()).containsExactly(new RefusedHost("db.example", host.port(), 1));
    }
  }

  @Test
  void givesEachSandboxWhatItsOwnRequestNames() throws IOException {
    try (EgressWay one = egress.open(new EgressRequest(Set.of(), Set.of(host.port())));
        EgressWay other = open(new HostAndPort[0]);
        var served = Inside.connect(one.socket(), "tcp 127.0.0.1 " + host.port());
        var received = host.accept();
        var refused = Inside.connect(other.socket(), "tcp 127.0.0.1 " + host.port())) {
      assertThat(refused.receiveAll()).isEmpty();
      Host.send(received, "hello");
      assertThat(served.receive(5)).isEqualTo("hello");
    }
  }

  @Test
  void tellsClientsOfAProxyAtAPortThatNothingElseHas() {
    try (EgressWay way =
        egress.open(
            new EgressRequest(Set.of(new HostAndPort("localhost", 17_082)), Set.of(17_081)))) {
      assertThat(way.ports().local()).containsExactlyInAnyOrder(17_080, 17_081, 17_082, 17_083);
      assertThat(way.environment())
          .containsEntry("https_proxy", "http://127.0.0.1:17080")
          .containsEntry("HTTP_PROXY", "http://127.0.0.1:17080")
          .containsEntry("no_proxy", "localhost,127.0.0.1,::1")
          .containsEntry("GOPROXY", "17083");
      assertThat(way.homeFiles()).containsOnly(Map.entry(Path.of(".npmrc"), "17083"));
    }
  }

  @Test
  void removesItsSocket() {
    Path socket;
    try (EgressWay way = egress.open(new EgressRequest(Set.of(), Set.of()))) {
      socket = way.socket();
      assertThat(socket).exists();
    }
    assertThat(socket).doesNotExist();
  }

  @Test
  void needsAShortPath() {
    Path lengthy = folder.resolve("x".repeat(90));

    assertThatThrownBy(() -> new SocketEgress(lengthy, servers, this::lookup))
        .isInstanceOf(PortException.class)
        .hasMessageContaining("choose a shorter one for temporary files (java.io.tmpdir)");
  }

  @Test
  void keepsNoFileOpenForASocketThatCannotBeMade() throws IOException {
    try (var homeless = new SocketEgress(folder.resolve("missing"), servers, this::lookup)) {
      long before = openFiles();
      for (int i = 0; i < 100; i++) {
        assertThatThrownBy(() -> homeless.open(new EgressRequest(Set.of(), Set.of())))
            .isInstanceOf(PortException.class)
            .hasMessageContaining("could not make the socket");
      }
      assertThat(openFiles()).isLessThan(before + 50);
    }
  }

  private static long openFiles() {
    return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getOpenFileDescriptorCount();
  }

  private EgressWay open(HostAndPort... allowed) {
    return egress.open(new EgressRequest(Set.of(allowed), Set.of()));
  }

  /** Says to clients which port it has inside. */
  private static final class OneServer implements LocalServers {
    @Override
    public List<SocketAddress> addresses() {
      return List.of(UnixDomainSocketAddress.of("server.sock"));
    }

    @Override
    public Map<String, String> environment(List<Integer> ports) {
      return Map.of("GOPROXY", ports.get(0).toString());
    }

    @Override
    public Map<Path, String> homeFiles(List<Integer> ports) {
      return Map.of(Path.of(".npmrc"), ports.get(0).toString());
    }
  }
}
