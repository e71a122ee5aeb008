package io.numa.avatar.run.develop;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BytesTest {
  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "abcabc, abc, 0 3",
        "xabcx,  abc, 1",
        "aaaa,   aa,  0 2",
        "aaaaa,  aa,  0 2",
        "ababa,  aba, 0",
        "abc,    abcd, none",
        "'',     a,   none",
        "abd,    abc, none",
      })
  void findsOccurrencesFromLeftToRight(String text, String sought, String places) {
    var expected =
        places == null
            ? List.<Integer>of()
            : Arrays.stream(places.split(" ")).map(Integer::valueOf).toList();

    assertThat(Bytes.occurrences(bytes(text), bytes(sought), 9))
        .isEqualTo(new Bytes.Places(expected.size(), expected));
  }

  @Test
  void countsMoreOccurrencesThanItNames() {
    assertThat(Bytes.occurrences(bytes("aaaa"), bytes("a"), 2))
        .isEqualTo(new Bytes.Places(4, List.of(0, 1)));
  }

  @Property
  void replacesAsStringsDo(
      @ForAll @Chars({'a', 'b', '\u00e9'}) @StringLength(max = 30) String text,
      @ForAll @Chars({'a', 'b', '\u00e9'}) @StringLength(min = 1, max = 3) String sought,
      @ForAll @Chars({'a', '$', '\\'}) @StringLength(max = 4) String replacement)
      throws IOException {
    var replaced = new ByteArrayOutputStream();

    Bytes.replace(bytes(text), bytes(sought), bytes(replacement), replaced);

    assertThat(replaced.toString(ISO_8859_1)).isEqualTo(text.replace(sought, replacement));
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 1", "2, 2", "3, 3", "4, 3", "5, 3", "6, 4"})
  void countsLinesFromOne(int place, int line) {
    assertThat(Bytes.lineOf(bytes("a\n\nb\r\n"), place)).isEqualTo(line);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }
}
