package io.numa.avatar.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CleanTextTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Let people log in.\n\n\t- by name",
        "登录页面：「记住我」",
        "می\u200cخواهم",
        "क्\u200dष",
        "👩\u200d💻 ❤\ufe0f 🏳\ufe0f\u200d🌈 👍🏽",
        "naïve Zoë \u0301"
      })
  void keepsWhatPeopleSee(String text) {
    var clean = CleanText.of(text);

    assertThat(clean.text()).isEqualTo(text);
    assertThat(clean.note()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        0, 7, 8, 0x7f, 0x84, 0xad, 0x61c, 0x34f, 0x115f, 0x180e, 0x200b, 0x200c, 0x200d, 0x200e,
        0x202e, 0x2060, 0x2066, 0x2069, 0x2800, 0x3164, 0xfe00, 0xfeff, 0xfff9, 0x1d173, 0xe0041,
        0xe0100, 0xd800
      })
  void takesOutWhatTheyDoNotSee(int point) {
    var clean = CleanText.of("log" + Character.toString(point) + "in");

    assertThat(clean.text()).isEqualTo("login");
    assertThat(clean.note())
        .hasValueSatisfying(
            note ->
                assertThat(note)
                    .startsWith("1 invisible character was taken out: 1 of U+")
                    .contains(String.format("U+%04X", point))
                    .doesNotContain(Character.toString(point)));
  }

  @Test
  void letsNoRunOfJoinersOrSelectorsCarryBits() {
    var clean = CleanText.of("😀\ufe0f\ufe0f\ufe0f क\u200d\u200c\u200d\u200cष 文\u200d字");

    assertThat(clean.text()).isEqualTo("😀\ufe0f कष 文字");
  }

  @Test
  void saysHowManyOfWhich() {
    var clean = CleanText.of("a\u202eb\u202ec\u200bd");

    assertThat(clean.note())
        .contains(
            "3 invisible characters were taken out:"
                + " 1 of U+200B ZERO WIDTH SPACE, 2 of U+202E RIGHT-TO-LEFT OVERRIDE");
  }

  @Test
  void namesAFewOfManyKinds() {
    var clean = CleanText.of("\u200b\u200e\u200f\u202a\u202b\u202c\u202d");

    assertThat(clean.note()).hasValueSatisfying(note -> assertThat(note).endsWith(" and others"));
  }

  @Test
  void showsTextThatACarriageReturnWouldHide() {
    assertThat(CleanText.of("harm\rgood\r\nend").text()).isEqualTo("harm\ngood\nend");
  }

  @Test
  void takesOutWholeTerminalSequences() {
    var clean = CleanText.of("\u001b[31mred\u001b[0m \u001b]8;;http://a\u0007link\u001b]8;;\u0007");

    assertThat(clean.text()).isEqualTo("red link");
    assertThat(clean.note()).contains("4 invisible characters were taken out: 4 of U+001B ESCAPE");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7, 0x0d, 0x1b, 0x7f, 0x9b, 0xad, 0x200b, 0x2028, 0x202e, 0xe0041, 0xd800})
  void showsWhatPeopleDoNotSee(int point) {
    assertThat(CleanText.visible("log" + Character.toString(point) + "in\n\t登录 👩\u200d💻"))
        .isEqualTo(String.format("log⟦U+%04X⟧in\n\t登录 👩\u200d💻", point));
  }
}
