package io.numa.avatar.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.port.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ServerTextTest {
  @ParameterizedTest
  @CsvSource({"' ', ''", "ok, ': ok'", "12345678, ': 12345…'"})
  void showsTheBeginning(String text, String shown) {
    assertThat(ServerText.excerpt(text, 5)).isEqualTo(shown);
  }

  @Test
  void putsItOnOneLine() {
    assertThat(ServerText.excerpt("one\r\n\u001b[31mtwo\n", 99)).isEqualTo(": one [31mtwo");
  }

  @Test
  void hidesASecret() {
    assertThat(ServerText.hide(new Secret("s3cret"), "no token s3cret")).isEqualTo("no token ***");
  }
}
