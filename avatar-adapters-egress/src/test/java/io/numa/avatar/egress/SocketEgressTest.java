package io.numa.avatar.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numa.avatar.egress.internal.relay.Host;
import io.numa.avatar.egress.internal.relay.Inside;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.sandbox.EgressRequest;
import io.numa.avatar.port.sandbox.EgressWay;
import io.numa.avatar.port.sandbox.HostAndPort;
import io.numa.avatar.task.sandbox.RefusedHost;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
  private @TempDir Path temp;
  private Path folder;
  private SocketEgress egress;

  SocketEgressTest() throws IOException {}

  @BeforeEach
  void prepare() {
    folder = temp.resolve("ways");
    egress = new SocketEgress(List.of(folder), servers, this::lookup);
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
  void removesItsSocketAndThoseOfAvatarsThatHaveEnded() throws IOException {
    Path old = folder.resolve("old.sock");
    Path live = folder.resolve("live.sock");
    listen(old).close();
    try (var server = listen(live);
        var other = new SocketEgress(List.of(folder), servers, this::lookup)) {
      assertThat(server.isOpen()).isTrue();
      assertThat(old).doesNotExist();
      assertThat(live).exists();
      Path socket;
      try (EgressWay way = other.open(new EgressRequest(Set.of(), Set.of()))) {
        socket = way.socket();
        assertThat(socket).exists();
      }
      assertThat(socket).doesNotExist();
    }
  }

  @Test
  void takesTheFirstFolderThatIsShortAndItsOwn() throws IOException {
    Path lengthy = temp.resolve("x".repeat(90)).resolve("ways");
    Path link = Files.createSymbolicLink(temp.resolve("link"), folder);
    Path open = Files.createDirectory(temp.resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));

    try (var chosen = new SocketEgress(List.of(lengthy, link, open), servers, this::lookup);
        EgressWay way = chosen.open(new EgressRequest(Set.of(), Set.of()))) {
      assertThat(way.socket()).hasParent(open);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(open)))
          .isEqualTo("rwx------");
    }
    assertThatThrownBy(() -> new SocketEgress(List.of(lengthy, link), servers, this::lookup))
        .isInstanceOf(PortException.class)
        .hasMessageContaining("its path short");
  }

  private EgressWay open(HostAndPort... allowed) {
    return egress.open(new EgressRequest(Set.of(allowed), Set.of()));
  }

  private static ServerSocketChannel listen(Path socket) throws IOException {
    return ServerSocketChannel.open(StandardProtocolFamily.UNIX)
        .bind(UnixDomainSocketAddress.of(socket));
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
