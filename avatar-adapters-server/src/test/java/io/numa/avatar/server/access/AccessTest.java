package io.numa.avatar.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.port.Secret;
import io.numa.avatar.server.access.Access.Right;
import io.numa.avatar.server.http.Request;
import java.io.InputStream;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may do what. */
class AccessTest {
  private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

  private final Access access = at(NOW);

  @Test
  void letsTheTokenReadAndWrite() {
    assertThat(access.of(with("Authorization", "Bearer s3cr3t-t0ken"))).isEqualTo(Right.WRITE);
    assertThat(access.of(with("authorization", "bearer  s3cr3t-t0ken "))).isEqualTo(Right.WRITE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Bearer s3cr3t-t0ke", "Bearer ", "Bearer s3cr3t-t0ken2", "s3cr3t-t0ken", ""})
  void refusesOtherTokens(String value) {
    assertThat(access.of(with("Authorization", value))).isEqualTo(Right.NONE);
  }

  @Test
  void letsTheCookieAloneOnlyRead() {
    String cookie = given(access);

    assertThat(access.of(with("Cookie", "a=b; " + cookie))).isEqualTo(Right.READ);
    assertThat(access.of(with("Cookie", cookie, Access.WRITE_HEADER, "1"))).isEqualTo(Right.WRITE);
  }

  @Test
  void givesCookiesThatNoScriptAndNoForeignPageGets() {
    assertThat(access.cookie()).contains("; HttpOnly", "; SameSite=Strict", "; Path=/");
  }

  @Test
  void endsACookieAfterItsTimeAndWithItsToken() {
    String cookie = given(access);

    assertThat(at(NOW.plus(Duration.ofDays(29))).of(with("Cookie", cookie))).isEqualTo(Right.READ);
    assertThat(at(NOW.plus(Duration.ofDays(31))).of(with("Cookie", cookie))).isEqualTo(Right.NONE);
    var other = new Access(new Secret("an0ther-t0ken"), Clock.fixed(NOW, ZoneOffset.UTC));
    assertThat(other.of(with("Cookie", cookie))).isEqualTo(Right.NONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "99999999999.", "-1.ab", "99999999999999999999.ab", "x.y"})
  void refusesCookiesThatItDidNotGive(String value) {
    assertThat(access.of(with("Cookie", Access.COOKIE + "=" + value))).isEqualTo(Right.NONE);
  }

  @Test
  void refusesACookieWhoseEndWasMovedLater() {
    String value = given(access);
    String signature = value.substring(value.indexOf('.'));

    assertThat(access.of(with("Cookie", Access.COOKIE + "=99999999999" + signature)))
        .isEqualTo(Right.NONE);
  }

  @Test
  void takesACodeOnce() {
    String code = access.code();

    assertThat(access.take("other")).isFalse();
    assertThat(access.take(code)).isTrue();
    assertThat(access.take(code)).isFalse();
  }

  private static String given(Access access) {
    String header = access.cookie();
    return header.substring(0, header.indexOf(';'));
  }

  private static Access at(Instant now) {
    return new Access(new Secret("s3cr3t-t0ken"), Clock.fixed(now, ZoneOffset.UTC));
  }

  private static Request with(String... headers) {
    var loopback = InetAddress.getLoopbackAddress();
    return new Request(
        "GET",
        List.of(),
        Map.of(),
        name -> {
          for (int i = 0; i < headers.length; i += 2) {
            if (headers[i].equalsIgnoreCase(name)) {
              return Optional.of(headers[i + 1]);
            }
          }
          return Optional.empty();
        },
        new Request.Origin(loopback, loopback, InputStream.nullInputStream()));
  }
}
