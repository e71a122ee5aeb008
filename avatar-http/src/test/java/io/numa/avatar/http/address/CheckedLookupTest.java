package io.numa.avatar.http.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numa.avatar.task.FailureKind;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckedLookupTest {
  @Test
  void givesPublicAddresses() throws UnknownHostException {
    assertThat(lookup(List.of(), "8.8.8.8", "2606:4700::1111").addresses(to("git.example.com")))
        .extracting(InetAddress::getHostAddress)
        .containsExactly("8.8.8.8", "2606:4700:0:0:0:0:0:1111");
  }

  @Test
  void tellsAddressRuleAndRemedy() {
    assertThatThrownBy(() -> lookup(List.of(), "10.0.0.5").addresses(to("git.example.com")))
        .isInstanceOf(ForbiddenAddressException.class)
        .hasMessage(
            "could not reach 'git.example.com:443': it is at 10.0.0.5, a private address, and"
                + " git.allowed_networks does not name it; add 'git.example.com' there if tasks may"
                + " reach it")
        .satisfies(
            failure ->
                assertThat(((ForbiddenAddressException) failure).denied().kind())
                    .isEqualTo(FailureKind.DENIED));
  }

  @Test
  void refusesHostsOfWhichOneAddressIsForbidden() {
    assertThatThrownBy(() -> lookup(List.of(), "8.8.8.8", "::1").addresses(to("git.example.com")))
        .isInstanceOf(ForbiddenAddressException.class)
        .hasMessageContaining("a loopback address");
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.1.2.3",
    "10.1.2.3, 10.1.2.3",
    "git.corp.example, 10.1.2.3",
    ".corp.example, fd00::1",
    "fd00::/8, fd00::1",
    "git.corp.example, 127.0.0.1",
    "169.254.169.254, 169.254.169.254",
    "127.0.0.0/8, ::ffff:127.0.0.1",
  })
  void allowsWhatTheListNames(String item, String address) throws UnknownHostException {
    assertThat(lookup(List.of(item), address).addresses(to("git.corp.example")))
        .containsExactly(InetAddress.getByName(address));
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 11.0.0.1.example, 192.168.0.1",
    "10.1.2.3, git.corp.example, 10.1.2.4",
    "corp.example, git.corp.example, 10.1.2.3",
    ".corp.example, gitcorp.example, 10.1.2.3",
    "git.corp.example, git.corp.example, 169.254.169.254",
    "git.corp.example, git.corp.example, 0.0.0.0",
    "git.corp.example, git.corp.example, fd00:ec2::254",
    "git.corp.example, git.corp.example, 64:ff9b::a9fe:a9fe",
  })
  void refusesWhatTheListDoesNotName(String item, String host, String address) {
    assertThatThrownBy(() -> lookup(List.of(item), address).addresses(to(host)))
        .isInstanceOf(ForbiddenAddressException.class);
  }

  @Test
  void allowsDestinationsThatTheOperatorNamesElsewhere() throws UnknownHostException {
    Predicate<Destination> named = new Destination("https", "git.corp.example", 443)::equals;
    var rule = new AddressRule(AllowedNetworks.NONE, named, "git.allowed_networks");
    var inside = new CheckedLookup(rule, answer("10.0.0.5"));

    assertThat(inside.addresses(to("git.corp.example"))).hasSize(1);
    assertThatThrownBy(() -> inside.addresses(new Destination("https", "git.corp.example", 8080)))
        .isInstanceOf(ForbiddenAddressException.class);
  }

  @Test
  void asksForLiteralsAndOddSpellingsNoServer() {
    HostLookup none =
        name -> {
          throw new AssertionError("asked for " + name);
        };
    var lookup = new CheckedLookup(rule(List.of()), none);

    assertThatThrownBy(() -> lookup.addresses(to("127.0.0.1")))
        .hasMessageContaining("'127.0.0.1:443': it is at 127.0.0.1, a loopback address");
    assertThatThrownBy(() -> lookup.addresses(to("2130706433")))
        .isInstanceOf(ForbiddenAddressException.class)
        .hasMessage(
            "could not reach '2130706433': it is an address in an odd form; write it as four"
                + " decimal numbers");
  }

  @Test
  void refusesOwnAddressesOfThisMachine() throws SocketException {
    Optional<InetAddress> own =
        NetworkInterface.networkInterfaces()
            .flatMap(one -> one.getInterfaceAddresses().stream())
            .map(InterfaceAddress::getAddress)
            .filter(address -> !address.isLoopbackAddress())
            .findFirst();

    own.ifPresent(
        address ->
            assertThatThrownBy(
                    () -> lookup(List.of(), address.getHostAddress()).addresses(to("a.example")))
                .isInstanceOf(ForbiddenAddressException.class));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "10.0.0.1/8", "10.0.0.0/33", "::1/129", "10.0.0.0/", "*", "a b", ".10.0.0.1"})
  void refusesItemsThatNameNothing(String item) {
    assertThatThrownBy(() -> AllowedNetworks.of(List.of(item)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Destination to(String host) {
    return new Destination("https", host, 443);
  }

  private static CheckedLookup lookup(List<String> allowed, String... addresses) {
    return new CheckedLookup(rule(allowed), answer(addresses));
  }

  private static AddressRule rule(List<String> allowed) {
    return new AddressRule(AllowedNetworks.of(allowed), to -> false, "git.allowed_networks");
  }

  private static HostLookup answer(String... addresses) {
    return name -> {
      var all = new InetAddress[addresses.length];
      for (int i = 0; i < all.length; i++) {
        String bare = addresses[i].replaceFirst("%.*", "");
        all[i] = InetAddress.getByName(bare);
      }
      return List.of(all);
    };
  }
}
