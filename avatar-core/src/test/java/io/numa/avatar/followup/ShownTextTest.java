package io.numa.avatar.followup;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.port.Secret;
import io.numa.avatar.run.secret.Redactor;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShownTextTest {
  private static final String HIDDEN = "[hidden text was left out]";

  private final ShownText shown = new ShownText(Redactor.of(List.of(new Secret("s3cr3t-t0ken"))));

  @Test
  void quotesEachLine() {
    assertThat(shown.comment("one\r\n\r\n## two\rthree\n", 100))
        .isEqualTo("> one\n> \n> ## two\n> three");
  }

  @ParameterizedTest
  @CsvSource({
    "'a <!-- b --> c', 'a {} c'",
    "'a <!-- b\\n```\\nc\\n```\\n--> d', 'a {} d'",
    "'a <!-- b', 'a {}'",
    "'[//]: # (b)', '{}'",
    "'a\\n[x]: <> (b)\\nc', 'a\\n{}\\nc'",
    "'<!<!-- a -->-- b -->', '<!{}-- b -->'",
    "'a <\u200B!-- b --> c', 'a {} c'",
  })
  void leavesOutWhatMarkdownHides(String markdown, String expected) {
    assertThat(unquoted(shown.comment(markdown.replace("\\n", "\n"), 1_000)))
        .isEqualTo(expected.replace("\\n", "\n").replace("{}", HIDDEN));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "```html\n<!-- menu -->\n```\nend",
        "~~~\n<!-- menu -->\n~~~",
        "```\n<!-- menu -->",
        "[link]: https://example.com/ (title)"
      })
  void keepsWhatPeopleSee(String markdown) {
    assertThat(unquoted(shown.comment(markdown, 1_000))).isEqualTo(markdown);
  }

  @Test
  void hidesSecretsBeforeItCuts() {
    assertThat(shown.comment("x s3cr3t-t0ken", 8)).doesNotContain("s3c");
    assertThat(shown.end("s3cr3t-t0ken x", 8)).doesNotContain("t0k");
    assertThat(shown.comment("s3cr<!-- -->3t-t0ken", 100)).doesNotContain("s3cr3t-t0ken");
  }

  @Test
  void cutsLongTexts() {
    assertThat(shown.comment("a".repeat(50), 10)).isEqualTo("> aaaaaaaaaa\n> [cut off]");
    assertThat(shown.end("first\nsecond\nthird\n", 10)).isEqualTo("> third");
  }

  @Test
  void readsAnyTextInTime() {
    String nasty = "<!-- `".repeat(20_000) + "\n```\n".repeat(20_000) + "[a]: # b\n".repeat(20_000);

    Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> shown.comment(nasty, 100));
  }

  private static String unquoted(String quoted) {
    return quoted.replaceAll("(?m)^> ", "");
  }
}
