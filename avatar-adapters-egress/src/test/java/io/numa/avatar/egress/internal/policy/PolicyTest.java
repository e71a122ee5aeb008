package io.numa.avatar.egress.internal.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numa.avatar.port.sandbox.EgressPorts;
import io.numa.avatar.port.sandbox.HostAndPort;
import io.numa.avatar.task.sandbox.RefusedHost;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyTest {
  private static final SocketAddress SERVER = UnixDomainSocketAddress.of("/run/server.sock");
  private static final HostAndPort DB = new HostAndPort("db.example", 5432);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.8.8.8",
        "0.0.0.0",
        "10.0.0.5",
        "172.16.0.1",
        "192.168.1.1",
        "100.64.0.1",
        "169.254.169.254",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1",
        "fc00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::127.0.0.1",
        "64:ff9b::10.0.0.5",
        "2002:a00:5::1",
      })
  void refusesNamesThatLeadToGuardedAddressesUnlessTheseAreAllowedThemselves(String address)
      throws Exception {
    InetAddress found = InetAddress.getByName(address);
    var addresses = new CheckedAddresses(name -> List.of(found));
    var literal = new HostAndPort(found.getHostAddress(), 5432);

    assertThatThrownBy(() -> addresses.find(DB, allow(DB)))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("db.example:5432 is at " + found.getHostAddress())
        .hasMessageContaining("add \"" + literal + "\" to sandbox.allow, too");
    assertThat(addresses.find(DB, allow(DB, literal)))
        .containsExactly(new InetSocketAddress(found, 5432));
  }

  @Test
  void refusesANameOfWhichOneAddressIsGuarded() throws UnknownHostException {
    InetAddress open = InetAddress.getByName("198.41.0.4");
    InetAddress guarded = InetAddress.getByName("10.0.0.5");

    assertThatThrownBy(
            () -> new CheckedAddresses(name -> List.of(open, guarded)).find(DB, allow(DB)))
        .isInstanceOf(RefusedException.class);
  }

  @Test
  void looksUpNoLiteralAddresses() throws Exception {
    var addresses =
        new CheckedAddresses(
            name -> {
              throw new UnknownHostException(name);
            });
    var literal = new HostAndPort("10.0.0.5", 5432);

    assertThat(addresses.find(literal, allow(literal))).containsExactly(at("10.0.0.5", 5432));
  }

  @Test
  void routesLoopbackToWhatTheSandboxHasThere() {
    var routes =
        new Routes(
            allow(new HostAndPort("localhost", 5432), new HostAndPort("127.0.0.1", 6379)),
            Set.of(40_000),
            Map.of(8081, SERVER),
            17_080);

    assertThat(local(routes, 17_080)).isEqualTo(new Route.Proxy());
    assertThat(local(routes, 8081)).isEqualTo(new Route.Local(List.of(SERVER)));
    assertThat(local(routes, 40_000)).isEqualTo(to("127.0.0.1", 40_000));
    assertThat(local(routes, 6379)).isEqualTo(to("127.0.0.1", 6379));
    assertThat(local(routes, 5432))
        .isEqualTo(new Route.Local(List.of(at("127.0.0.1", 5432), at("::1", 5432))));
    assertThat(local(routes, 22)).isInstanceOf(Route.Refused.class);
  }

  @Test
  void comparesHostsBySpellingAndPort() {
    var routes = new Routes(allow(new HostAndPort("DB.example.", 5432)), Set.of(), Map.of(), 1);

    assertThat(routes.of(DB)).isEqualTo(new Route.Outside(DB));
    assertThat(routes.of(new HostAndPort("db.example", 22))).isInstanceOf(Route.Refused.class);
    assertThat(routes.of(new HostAndPort("x.db.example", 5432))).isInstanceOf(Route.Refused.class);
  }

  @Test
  void allowsNothingByAnEntryThatIsNoHost() {
    assertThat(allow(new HostAndPort("*", 443), new HostAndPort("127.1", 80)).entries()).isEmpty();
  }

  @Test
  void tellsWhereConnectionsAreTakenUp() {
    var routes =
        new Routes(
            allow(DB, new HostAndPort("10.0.0.5", 22), new HostAndPort("localhost", 6379)),
            Set.of(40_000),
            Map.of(8081, SERVER),
            17_080);

    assertThat(routes.ports())
        .isEqualTo(
            new EgressPorts(
                Set.of(80, 443, 5432, 22),
                Set.of(17_080, 8081, 40_000, 6379),
                Set.of("10.0.0.5"),
                Set.of("db.example")));
  }

  @Test
  void countsTheFirstHundredHosts() {
    var refusals = new Refusals();
    IntStream.rangeClosed(1, 150)
        .mapToObj(port -> Refusal.notAllowed(new HostAndPort("db.example", port)))
        .flatMap(refusal -> Stream.of(refusal, refusal))
        .forEach(refusals::count);

    assertThat(refusals.counted()).hasSize(100).contains(new RefusedHost("db.example", 100, 2));
  }

  /** An operator who allowed one of them would open ports of this machine. */
  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.1", "127.0.0.2", "::1", "0.0.0.0", "::"})
  void asksNoOperatorToAllowTheSandboxItself(String host) {
    var asked = new HostAndPort(host, 3000);
    var routes = new Routes(allow(), Set.of(), Map.of(), 17_080);
    var refusals = new Refusals();
    refusals.count(Refusal.notAllowed(asked));

    assertThat(refusals.counted()).isEmpty();
    assertThatThrownBy(() -> routes.byProxy(asked)).hasMessageContaining("name it in no_proxy");
  }

  @Test
  void saysWhatToAllow() {
    assertThat(Refusal.notAllowed(new HostAndPort("2001:db8::1", 80)).reason())
        .isEqualTo(
            "[2001:db8::1]:80 is not in sandbox.allow;"
                + " add \"[2001:db8::1]:80\" to it if tasks may reach it");
  }

  private static Route local(Routes routes, int port) {
    return routes.of(new HostAndPort("127.0.0.1", port));
  }

  private static Route to(String host, int port) {
    return new Route.Local(List.of(at(host, port)));
  }

  private static SocketAddress at(String host, int port) {
    return new InetSocketAddress(host, port);
  }

  private static AllowList allow(HostAndPort... entries) {
    return new AllowList(Set.of(entries));
  }
}
