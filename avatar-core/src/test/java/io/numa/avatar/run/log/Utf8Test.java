package io.numa.avatar.run.log;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Utf8Test {
  @Property
  void cutsTextOnlyBetweenCharacters(@ForAll String any, @ForAll byte cut) {
    byte[] bytes = any.getBytes(UTF_8);
    int count = Math.min(bytes.length, cut & 0xff);

    int whole = Utf8.wholeCharacters(bytes, count);

    assertThat(count - whole).isBetween(0, 3);
    assertThat(whole == bytes.length || (bytes[whole] & 0xC0) != 0x80).isTrue();
    assertThat(whole == count || (bytes[count] & 0xC0) == 0x80).isTrue();
  }

  @Property
  void keepsTheLengthOfWhatIsNoText(@ForAll byte[] bytes) {
    assertThat(Utf8.decode(bytes, bytes.length).getBytes(UTF_8)).hasSameSizeAs(bytes);
  }

  @Property
  void decodesTextAsItIs(@ForAll String any) {
    byte[] bytes = any.getBytes(UTF_8);

    assertThat(Utf8.decode(bytes, bytes.length)).isEqualTo(new String(bytes, UTF_8));
  }

  @ParameterizedTest
  @CsvSource({"a\u00e9b, a?b", "\u00e2\u0082, ??", "x\u0082\u00e2\u0082\u00acy, x?€y"})
  void putsAQuestionMarkForEachByteThatIsNoText(String bytes, String text) {
    byte[] read = bytes.getBytes(ISO_8859_1);

    assertThat(Utf8.decode(read, read.length)).isEqualTo(text);
  }
}
