package io.numa.avatar.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Random;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalFilterTest {
  private static final String SEED = "20261130";
  private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;:]*m");

  /** In the table, ^ is ESC, and $ a line end. */
  @ParameterizedTest
  @CsvSource({
    "plain\ttext$,              plain\ttext$",
    "é 你 🙂$,                   é 你 🙂$",
    "a^[2Kb^[?25lc^[38;5;1md,    abc^[38;5;1md^[0m",
    "^[31mred$next^[0m$,         ^[31mred^[0m$next^[0m$",
    "^[31;1m^[mplain$,           ^[31;1m^[mplain$",
    "a\u009b31mb\u009b0mc,       a^[31mb^[0mc",
    "^[>4;2ma^[1 mb,             ab",
    "^]0;title\u0007a,           a",
    "^]8;;http://x^\\link^]8;;^\\, link",
    "^Pq#0~^\\a^_x\u009cb^^y^\\c^Xz^\\d, abcd",
    "\u009dx\u009ca\u0090x\u0007b,   ab",
    "^]never ended$next,         $next",
    "^[never^]ended$,            ever$",
    "a^(Bb^7c^=d^#8e,            abcde",
    "a\u0000\u0007\b\u007f\u0084b, ab",
    "a^$b,                       a$b",
    "a^[3$1mb,                   a$1mb",
    "'10 %\r20 %\r^[K30 %\r$end', 10 %$20 %$30 %$end",
    "'\r\n\r\na\r\r\nb',          $$a$b",
    "'a\fb\u000bc\u0085d\u2028e\u2029f', a$b$c$d$e$f",
    "one^[1Atwo^[5;1Hthree^Dfour^[Gfive, one$two$three$four$five",
    "^[1A^[Ga,                   a",
    "a\u202eb\u2066c\u2069d,       abcd",
  })
  void makesPlainLines(String text, String expected) {
    assertThat(filtered(unquoted(text), new Random(1))).isEqualTo(unquoted(expected));
  }

  private static String unquoted(String text) {
    return text.replace('$', '\n')
        .replace("^^", "\u001b\u001e")
        .replace("\u001e", "^")
        .replace("^", "\u001b");
  }

  @Property(seed = SEED, tries = 2_000)
  void hasColoursAloneAndDoesNotDependOnTheCuts(
      @ForAll
          @Chars({
            '\u001b', '[', ']', 'm', 'K', 'A', '\\', ';', '\u0007', '\u009b', '\u009c', '\r', '\n',
            'P'
          })
          @CharRange(from = '0', to = '9')
          @CharRange(from = '\u0000', to = '\u00a2')
          @CharRange(from = '\u2020', to = '\u2070')
          @StringLength(max = 80)
          String text,
      @ForAll Random cuts) {
    String whole = filtered(text, new Random(1));

    assertThat(filtered(text, cuts)).isEqualTo(whole);
    assertThat(COLOUR.matcher(whole).replaceAll(""))
        .doesNotContainPattern("[\\p{Cc}\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069&&[^\n\t]]");
    assertThat(whole.lines().filter(line -> COLOUR.matcher(line).find()))
        .allMatch(
            line ->
                COLOUR
                    .matcher(line)
                    .results()
                    .reduce((a, b) -> b)
                    .orElseThrow()
                    .group()
                    .matches("\u001b\\[0*m"));
    assertThat(filtered(whole, cuts)).isEqualTo(whole);
  }

  @Property(seed = SEED)
  void neverMergesLines(@ForAll @StringLength(max = 60) String any, @ForAll Random cuts) {
    String text = any.replace('\r', ' ');

    assertThat(filtered(text, cuts).chars().filter(c -> c == '\n').count())
        .isGreaterThanOrEqualTo(text.chars().filter(c -> c == '\n').count());
  }

  private static String filtered(String text, Random cuts) {
    int[] points = text.codePoints().toArray();
    var clean = new ByteArrayOutputStream();
    var filter = TerminalFilter.keepingColours(clean::write);
    for (int at = 0; at < points.length; ) {
      int count = Math.min(points.length - at, 1 + cuts.nextInt(8));
      byte[] bytes = new String(points, at, count).getBytes(UTF_8);
      filter.write(bytes, 0, bytes.length);
      at += count;
    }
    filter.end();
    return clean.toString(UTF_8);
  }
}
