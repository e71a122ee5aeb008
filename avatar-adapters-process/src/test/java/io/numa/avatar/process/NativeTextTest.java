package io.numa.avatar.process;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numa.avatar.port.PortException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NativeTextTest {
  private static final List<String> WORDS = List.of("echo", "Grüße");

  @Test
  void refusesWhatTheLocaleCannotExpress() {
    assertThatThrownBy(() -> NativeText.require(WORDS, Map.of(), US_ASCII))
        .isInstanceOf(PortException.class)
        .hasMessage(
            "could not run 'echo': it has characters that the avatar's locale (US-ASCII) cannot"
                + " express; start the avatar with LC_ALL=C.UTF-8");
    assertThatThrownBy(() -> NativeText.require(List.of("env"), Map.of("A", "ü"), US_ASCII))
        .isInstanceOf(PortException.class);
  }

  @Test
  void acceptsWhatItCan() {
    assertThatCode(() -> NativeText.require(WORDS, Map.of("A", "世界"), UTF_8))
        .doesNotThrowAnyException();
  }
}
