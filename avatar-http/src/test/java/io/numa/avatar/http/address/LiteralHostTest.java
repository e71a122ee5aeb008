package io.numa.avatar.http.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LiteralHostTest {
  @ParameterizedTest
  @CsvSource({
    "git.example.com, git.example.com",
    "GIT.Example.com, git.example.com",
    "git.example.com., git.example.com",
    "git_server, git_server",
    "localhost, localhost",
    "xn--bcher-kva.example, xn--bcher-kva.example",
    "127.0.0.1.example.com, 127.0.0.1.example.com",
    "1e100.net, 1e100.net",
    "0x7f.example, 0x7f.example",
  })
  void readsNames(String host, String name) {
    assertThat(LiteralHost.of(host)).isEqualTo(new LiteralHost.Name(name));
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 127.0.0.1",
    "8.8.8.8, 8.8.8.8",
    "::1, ::1",
    "[::1], ::1",
    "0:0:0:0:0:0:0:1, ::1",
    "::ffff:127.0.0.1, 127.0.0.1",
    "[::ffff:7f00:1], 127.0.0.1",
    "FD00:EC2::254, fd00:ec2::254",
  })
  void readsAddressesInTheirUsualForm(String host, String address) throws UnknownHostException {
    assertThat(LiteralHost.of(host))
        .isEqualTo(new LiteralHost.Address(InetAddress.getByName(address)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "a..b",
        "localhost..",
        "2130706433",
        "017700000001",
        "0x7f000001",
        "0x7F.0.0.1",
        "0x",
        "127.1",
        "127.0.1",
        "0177.0.0.1",
        "127.0.0.01",
        "127.0.0.1.",
        "127.0.0.256",
        "1.2.3.4.5",
        "127.0.0.0x1",
        "a.0x7f",
        "a.1",
        "a b",
        "a\nb",
        "a%00b",
        "127.0.0.1%00",
        "%31%32%37.0.0.1",
        "１２７.０.０.１",
        "127。0。0。1",
        "localhoſt",
        "ⓛocalhost",
        "[127.0.0.1]",
        "[::1",
        "::1]",
        "fe80::1%eth0",
        "[fe80::1%25eth0]",
        "[::1%lo]",
        ":::",
        "1::2::3",
        "::ffff:0177.0.0.1",
        "a:b",
        "user@host",
        "host/path",
        "host\\x",
        "host#x",
      })
  void refusesWhatProgramsReadInSeveralWays(String host) {
    assertThat(LiteralHost.of(host)).isInstanceOf(LiteralHost.Odd.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {64, 254})
  void refusesNamesThatAreTooLong(int length) {
    assertThat(LiteralHost.of("a".repeat(length))).isInstanceOf(LiteralHost.Odd.class);
  }
}
