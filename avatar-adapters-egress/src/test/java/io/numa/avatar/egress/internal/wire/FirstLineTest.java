package io.numa.avatar.egress.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numa.avatar.port.sandbox.HostAndPort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FirstLineTest {
  @Test
  void readsWhatAProcessAskedFor() throws MalformedException {
    assertThat(FirstLine.parse("tcp DB.example. 5432"))
        .isEqualTo(new FirstLine.Connected(new HostAndPort("db.example", 5432)));
    assertThat(FirstLine.parse("note ::ffff:10.0.0.5 22"))
        .isEqualTo(new FirstLine.Noted(new HostAndPort("10.0.0.5", 22)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "tcp a.example",
        "tcp a.example 0",
        "tcp a.example 65536",
        "tcp a.example +80",
        "tcp a.example 80 ",
        "tcp a.example 80\r",
        "tcp  a.example 80",
        "TCP a.example 80",
        "udp a.example 80",
        "tcp a..example 80",
        "tcp .a.example 80",
        "tcp a.example.. 80",
        "tcp a\0.example 80",
        "tcp a_b.example 80",
        "tcp -a.example 80",
        "tcp \u212aelvin.example 80",
        "tcp \u00e4.example 80",
        "tcp 127.1 80",
        "tcp 0177.0.0.1 80",
        "tcp 2130706433 80",
        "tcp a.0x7f 80",
        "tcp [::1 80",
        "tcp fe80::1%eth0 80",
      })
  void refusesOtherLines(String line) {
    assertThatThrownBy(() -> FirstLine.parse(line)).isInstanceOf(MalformedException.class);
  }
}
