package io.numa.avatar.run.secret;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.port.Secret;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactedTest {
  private static final String SECRET = "ghp_0123456789abcdefghijABCDEFGHIJ456789";

  private final Redactor redactor = Redactor.of(List.of(new Secret(SECRET)));

  @ParameterizedTest
  @CsvSource({"abc, 3, abc", "abcd, 3, abc…", "a😀b, 2, a…", "a😀b, 3, a😀…", "abc, 0, …"})
  void shortensAfterWholeCharacters(String text, int limit, String shortened) {
    assertThat(Redacted.of(text, redactor).shortened(limit)).hasToString(shortened);
  }

  /** KiroCrew#5582: a secret that begins before the cut. */
  @Test
  void leavesNoPieceOfASecretAtACut() {
    for (int before = 0; before <= 60; before++) {
      String text = "x".repeat(before) + SECRET + "y".repeat(60);

      var shown = Redacted.of(text, redactor).shortened(50).toString();

      assertThat(shown).as("%d characters before", before).doesNotContain(SECRET.substring(0, 4));
    }
  }

  @Test
  void leavesNoPieceOfASecretAtTheEndOfABeginning() {
    for (int length = 1; length < SECRET.length(); length++) {
      String read = "said " + SECRET + " and " + SECRET.substring(0, length);

      assertThat(Redacted.ofBeginning(read, redactor)).hasToString("said *** and ");
    }
    assertThat(Redacted.ofBeginning("plain.", redactor)).hasToString("plain.");
  }

  @Test
  void findsASecretThatAChangePutTogether() {
    String coloured = SECRET.substring(0, 9) + "\u001b[0m" + SECRET.substring(9);

    var plain = Redacted.of(coloured, redactor).changed(text -> text.replace("\u001b[0m", ""));

    assertThat(plain).hasToString("***");
  }

  @Test
  void putsATextOnOneLine() {
    assertThat(Redacted.of(" a\r\n\tb\u0007c \n", redactor).line()).hasToString("a bc");
  }

  @Test
  void leavesNoPieceOfRandomSecretsAtRandomCuts() {
    var random = new Random(5582);
    for (int round = 0; round < 500; round++) {
      String secret = word(random, 12 + random.nextInt(60));
      var knowing = Redactor.of(List.of(new Secret(secret)));
      int limit = random.nextInt(300);
      String text =
          word(random, random.nextInt(limit + 40)) + secret + secret + word(random, 40) + secret;
      String read = text.substring(0, Math.min(text.length(), random.nextInt(text.length()) + 1));

      String shown =
          Redacted.of(text, knowing).shortened(limit)
              + "|"
              + Redacted.ofBeginning(read, knowing).shortened(limit);

      for (int at = 0; at + 8 <= secret.length(); at++) {
        assertThat(shown).doesNotContain(secret.substring(at, at + 8));
      }
    }
  }

  private static String word(Random random, int length) {
    return random
        .ints(length, 0, 62)
        .mapToObj("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"::charAt)
        .map(String::valueOf)
        .reduce("", String::concat);
  }
}
