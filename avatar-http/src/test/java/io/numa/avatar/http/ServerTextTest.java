package io.numa.avatar.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.port.Secret;
import io.numa.avatar.run.secret.Redacted;
import io.numa.avatar.run.secret.Redactor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ServerTextTest {
  @ParameterizedTest
  @CsvSource({"' ', ''", "ok, ': ok'", "12345678, ': 12345…'"})
  void showsTheBeginning(String text, String shown) {
    assertThat(ServerText.excerpt(whole(text), 5)).isEqualTo(shown);
  }

  @Test
  void putsItOnOneLine() {
    assertThat(ServerText.excerpt(whole("one\r\n\u001b[31mtwo\n"), 99)).isEqualTo(": one two");
  }

  @Test
  void hidesASecretThatBeginsBeforeTheEnd() {
    assertThat(ServerText.excerpt(whole("no token s3cret"), 12)).isEqualTo(": no token ***");
  }

  private static Redacted whole(String text) {
    return Redacted.of(text, Redactor.of(List.of(new Secret("s3cret"))));
  }
}
