package io.numa.avatar.run.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Utf8StreamTest {
  @Property
  void givesTheTextHoweverItIsCut(@ForAll("texts") String text, @ForAll Random cuts) {
    assertThat(String.join("", decoded(text.getBytes(UTF_8), cuts))).isEqualTo(text);
  }

  @Property
  void takesAnyBytesHoweverTheyAreCut(@ForAll byte[] bytes, @ForAll Random cuts) {
    assertThat(String.join("", decoded(bytes, cuts))).isEqualTo(new String(bytes, UTF_8));
  }

  @Property
  void handsOnWholeCharactersOnly(@ForAll("texts") String text, @ForAll Random cuts) {
    assertThat(decoded(text.getBytes(UTF_8), cuts))
        .allSatisfy(part -> assertThat(new String(part.getBytes(UTF_8), UTF_8)).isEqualTo(part));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "a latin-1 letter between others,      61 e9 62,       a\ufffdb",
    "a lone continuation,                  61 a9 62,       a\ufffdb",
    "a beginning without its rest,         61 f0 9f 99 62, a\ufffdb",
    "a beginning at the end,               61 e2 82,       a\ufffd",
    "a beginning before another character, c3 c3 a9,       \ufffdé",
    "a byte that never occurs,             61 ff 62,       a\ufffdb",
    "a NUL that is spelled too long,       c0 80 61,       \ufffd\ufffda",
    "half a surrogate pair,                ed a0 80 61,    \ufffda",
  })
  void putsReplacementsInThePlaceOfWhatIsNoText(String what, String hex, String text) {
    byte[] bytes = HexFormat.ofDelimiter(" ").parseHex(hex);

    assertThat(String.join("", decoded(bytes, new Random(1)))).isEqualTo(text);
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of(
            "\0",
            "\n",
            "a",
            "\177",
            "\u0080",
            "é",
            "\u07ff",
            "\u0800",
            "€",
            "\ufffd",
            "\uffff",
            "🙂",
            "\udbff\udfff")
        .list()
        .ofMaxSize(30)
        .map(characters -> String.join("", characters));
  }

  private static List<String> decoded(byte[] bytes, Random cuts) {
    var parts = new ArrayList<String>();
    try (var stream = new Utf8Stream(parts::add)) {
      for (int at = 0; at < bytes.length; ) {
        int length = cuts.nextInt(Math.min(5, bytes.length - at) + 1);
        stream.write(bytes, at, length);
        at += length;
      }
    }
    return parts;
  }
}
